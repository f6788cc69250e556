import { Command, Option } from 'commander'
import type { CliTools } from './create-cli.ts'
import { writeNewFile } from './new-file.ts'
import { orgOf, orgOption } from './org-option.ts'

interface ExportOptions {
  readonly org: string
  readonly format: 'csv' | 'tsv' | 'jsonl' | 'xlsx'
  readonly view?: string
  readonly out: string
}

export function exportCommand({ withOps, output }: CliTools): Command {
  return new Command('export')
    .description('write a table, or what a view shows of it, to a file')
    .argument('<table>', 'id of the table')
    .addOption(orgOption())
    .addOption(
      new Option('-f, --format <format>', 'kind of file').choices(['csv', 'tsv', 'jsonl', 'xlsx']).default('csv'),
    )
    .option('--view <id>', 'view to look through')
    .requiredOption('--out <file>', 'file to write; one that is there is not overwritten')
    .action(async (tableId: string, { org, format, view, out }: ExportOptions) => {
      const report = await withOps((ops) =>
        writeNewFile(out, (file) =>
          orgOf(ops, org).exports.writeTo(tableId, { format, view }, file.createWriteStream()),
        ),
      )
      output.say(`${report.rows} rows written to ${out}`, { ...report, file: out })
    })
}
