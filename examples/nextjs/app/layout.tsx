import '@opslayer/react/styles.css'
import './app.css'
import type { ReactNode } from 'react'

export const metadata = { title: 'Leads' }

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
