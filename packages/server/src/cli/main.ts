#!/usr/bin/env node
import { createCli } from './create-cli.ts'

process.exitCode = await createCli().run(process.argv.slice(2))
// What a module of the host's has open, a pool of connections say, keeps no command alive that has failed.
if (process.exitCode !== 0) setTimeout(() => process.exit(), 2_000).unref()
