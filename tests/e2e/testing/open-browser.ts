import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { chromiumPath } from './unpack-chromium.ts'

/** Starts the Chromium that npm brought. */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  return await playwright.launch({
    executablePath: process.env[chromiumPath] ?? (await chromium.executablePath()),
    args: [...chromium.args.filter((arg) => !arg.startsWith('--single-process')), ...args],
    headless: true,
  })
}
