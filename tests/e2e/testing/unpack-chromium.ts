import chromium from '@sparticuz/chromium'

/** Names where a run of tests has its Chromium. */
export const chromiumPath = 'OPSLAYER_TEST_CHROMIUM'

/** Unpacks Chromium before any file needs it: two that do it at once would start one that is half written. */
export default async function setup(): Promise<void> {
  process.env[chromiumPath] = await chromium.executablePath()
}
