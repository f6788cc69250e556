import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The types of Node name WebAssembly's parts, but not the thing itself. */
declare const WebAssembly: { compile(code: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> }

let compiled: Promise<WebAssembly.Module> | undefined

/**
 * PGlite's WebAssembly module, compiled once per process. It is immutable, and as long as it is held V8 keeps the
 * machine code it has made of it: a second worker starts in 270 ms instead of 520 and answers its first join in 10
 * instead of 130.
 */
export function pgliteCode(): Promise<WebAssembly.Module> {
  compiled ??= compile()
  return compiled
}

async function compile(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@electric-sql/pglite/pglite.wasm')
  return await WebAssembly.compile(await readFile(path))
}
