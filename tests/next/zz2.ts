import { openBrowser } from '../e2e/testing/open-browser.ts'
const b = await openBrowser(); const page = await b.newPage()
page.on('console', (m) => console.log('console', m.text()))
page.on('requestfailed', (r) => console.log('failed', r.url().slice(0,150), r.failure()?.errorText))
page.on('response', async (r) => { if (r.url().includes('/ops/')) console.log(r.status(), r.url().slice(0,120), JSON.stringify(await r.allHeaders()).slice(0,400), (await r.text().catch((e) => 'ERR ' + e)).slice(0, 300)) })
await page.goto('http://127.0.0.1:4999/'); await page.waitForTimeout(9000); await b.close()
