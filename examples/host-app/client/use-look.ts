import { useEffect, useState } from 'react'

const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
/** Brands of the app; each sets the variables that opslayer reads, in app.css. */
const brands = ['evergreen', 'plum', 'opslayer'] as const
export type Brand = (typeof brands)[number]

export interface Look {
  readonly theme: Theme
  readonly brand: Brand
}

export const looks = { themes, brands }

/** How the app looks, remembered by the browser. */
export function useLook(): [Look, (changes: Partial<Look>) => void] {
  const [look, setLook] = useState<Look>(() => ({
    theme: stored('theme', themes) ?? 'system',
    brand: stored('brand', brands) ?? 'evergreen',
  }))

  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.brand = look.brand
    if (look.theme === 'system') delete dataset.theme
    else dataset.theme = look.theme
    for (const [key, value] of Object.entries(look)) localStorage.setItem(`northwind.${key}`, value)
  }, [look])
  return [look, (changes) => setLook({ ...look, ...changes })]
}

function stored<Value extends string>(key: string, values: readonly Value[]): Value | undefined {
  const text = localStorage.getItem(`northwind.${key}`)
  return values.find((value) => value === text)
}
