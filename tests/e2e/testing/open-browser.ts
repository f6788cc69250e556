import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { chromiumPath } from './unpack-chromium.ts'

/** They make the processor play a graphics card, which takes half as much of its time again. */
const playedGraphics = ['--use-gl=', '--use-angle=', '--enable-unsafe-swiftshader', '--ignore-gpu-', '--in-process-gpu']

/** Starts the Chromium that npm brought, without graphics card. */
export async function openBrowser(): Promise<Browser> {
  const args = chromium.args.filter((arg) => !playedGraphics.some((start) => arg.startsWith(start)))
  return await launch([...args, '--disable-gpu', '--disable-gpu-compositing'])
}

/** The same, with a graphics card that the processor plays: what benches are measured with. */
export async function openBenchBrowser(args: readonly string[] = []): Promise<Browser> {
  return await launch([...chromium.args, ...args])
}

async function launch(args: readonly string[]): Promise<Browser> {
  return await playwright.launch({
    executablePath: process.env[chromiumPath] ?? (await chromium.executablePath()),
    args: args.filter((arg) => arg !== '--single-process'),
    headless: true,
  })
}
