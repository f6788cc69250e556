import type { Json } from '../../values/json.ts'
import { builtInRegistry } from '../built-in-functions.ts'
import { type DescribedFunction, describeFunctions } from '../describe-functions.ts'
import { formulaBounds } from '../formula-bounds.ts'
import { formulaErrors } from '../formula-error.ts'
import type { FunctionGroup } from '../formula-function.ts'

const groups: readonly (readonly [FunctionGroup, string])[] = [
  ['logic', 'Logic'],
  ['text', 'Text'],
  ['maths', 'Numbers'],
  ['statistics', 'Statistics'],
  ['dates', 'Dates and times'],
  ['lists', 'Lists'],
  ['json', 'JSON'],
  ['trade', 'Sales and marketing'],
]

/** The page docs/formulas.md, written from the table of functions. */
export function formulaPage(): string {
  return `# Formulas

Written by \`packages/core/scripts/generate-formula-docs.ts\` from the table of functions; edit that, not this page.

A formula computes a cell from other cells of its row. It is written like one of a spreadsheet, with columns behind \`@\`:

\`\`\`
IF(@score > 80, "hot", "cold") & " lead since " & FORMAT_DATE(@created, "D MMM YYYY")
\`\`\`

## Writing a formula

| what | how |
|---|---|
| a column | \`@score\` by its key, \`@{Lead score}\` by its name (\`}}\` for a bracket in it); renames are followed |
| text | \`"Ada"\` or \`'Ada'\`; a quote inside is written twice; a backslash is a backslash |
| a number | \`12\`, \`0.5\`, \`1e6\`, \`15%\`; always with a point for decimals |
| true, false, nothing | \`TRUE\`, \`FALSE\`, \`BLANK()\` or \`""\` |
| a list | \`[1, 2, 3]\` |
| a date | \`DATE(2026, 1, 31)\`, or \`"2026-01-31"\` where a date is wanted |
| a choice | \`IF(@won, "yes", "no")\`, \`IF @won THEN "yes" ELSE "no"\`, or \`@won ? "yes" : "no"\` |

Names of functions may be in capitals or not. \`;\` may stand for a comma, and a leading \`=\` is passed over. A formula has
at most ${formulaBounds.length.toLocaleString('en')} characters, ${formulaBounds.operations.toLocaleString('en')} operators and functions, and ${formulaBounds.depth} levels.

## Operators

From the tightest to the loosest:

| operators | meaning |
|---|---|
| \`50%\` | a hundredth; between two values \`%\` is the remainder |
| \`-a\` \`+a\` | sign; it binds tighter than a power, so \`-2^2\` is 4 as in spreadsheets |
| \`^\` | power, from the left: \`2^3^2\` is 64 |
| \`*\` \`/\` \`%\` | times, divided by, remainder |
| \`+\` \`-\` | of numbers, durations, days (\`@date + 7\`), and of two dates (in days) or moments (a duration) |
| \`&\` | joins as text |
| \`=\` \`<>\` \`<\` \`<=\` \`>\` \`>=\` | comparisons; \`==\` and \`!=\` too. They cannot follow each other |
| \`NOT\` | the opposite; reaches to the next AND or OR. \`NOT(a)\` with its bracket is a function |
| \`AND\` | what stands behind the first false is not looked at |
| \`OR\` | what stands behind the first true is not looked at |
| \`a ? b : c\` | choice |

## Blanks

An empty cell is blank, and so is \`""\`, an empty list and a cell that was never set.

| where | what a blank does |
|---|---|
| \`&\`, CONCAT, JOIN | counts as nothing |
| \`+ - * / ^\` and functions of numbers, texts and dates | makes the result blank |
| SUM, AVERAGE, MIN, MAX, COUNT and their like | is left out; all blank gives blank (COUNT gives 0) |
| \`=\`, \`<>\` | equals another blank and nothing else: \`@name = ""\` asks for empty cells |
| \`<\` \`<=\` \`>\` \`>=\`, BETWEEN | false |
| conditions: IF, IFS, AND, OR, NOT | counts as false |
| CONTAINS, INCLUDES, STARTS_WITH, ENDS_WITH, REGEX_MATCH | false |
| LEN, WORD_COUNT | 0 |
| COALESCE, ISBLANK | is what they are for |
| lists | holds none; functions leave them out |

## Types

Every part of a formula has a type that is known before it runs: text, number, true/false, date, date with time,
duration, JSON, or a list of one of them. Status, dropdown and tags columns give the names of their options; currency,
percent and rating columns give numbers (50 % is 0.5). What happens by itself, and nothing else:

- A blank fits everywhere.
- Numbers, true/false, dates and durations become text where text is wanted: \`12.5\`, \`true\`, \`2026-01-31\`,
  \`2026-01-31 13:30\`, \`1h 30m\`.
- A date becomes the moment it begins, a moment its day, in the time zone of the org.
- A text written as \`"2026-01-31"\` into the formula becomes a date where one is wanted.
- A single value becomes a list of one where a list is wanted.
- Branches of IF, IFS, SWITCH, COALESCE and IFERROR with different types give text.

Text never becomes a number by itself: \`VALUE(@text)\` reads one.

## Numbers, texts, times

Numbers are compared, shown and kept with 15 significant digits, so \`0.1 + 0.2 = 0.3\`; ROUND rounds halves away from zero.
EXP, LN, LOG, powers and trigonometry keep 12. Beyond 1e100 is \`#NUM!\`, below 1e-100 is 0.
Texts are compared by their characters, capitals before small letters; lengths and places count characters, an emoji as one.
Times of day are those of the org's time zone: an hour that comes twice is the later one, one that is skipped moves forward.
TODAY and NOW change with time: their columns are refreshed every day or minute.

## Errors

An error is a value: the cell shows its sign, filters can ask for it, IFERROR catches it, and the row is written all the
same. A formula that reads an error gives it on.

| sign | when |
|---|---|
${Object.values(formulaErrors)
  .map(({ sign, sentence }) => `| \`${sign}\` | ${sentence} |`)
  .join('\n')}

## Functions

${groups.map(([group, title]) => groupSection(group, title)).join('\n')}
## Functions of your own

\`defineFunction\` takes SQL and TypeScript, \`defineComposition\` a formula over parameters. A host hands them to
\`createOps({ functions })\`, a plugin adds each with \`.formulaFunction(…)\` under names that begin with its own:
\`REOON.SCORE\`. \`<OpsProvider functions={…}>\` computes them in previews while one types. Names are in capitals.

Each is checked as it is registered: its members, its call, its SQL as text, and its examples in TypeScript; what does not
hold is refused with a sentence that names the function. \`testFormulaFunctions\` of \`@opslayer/core/testing\` holds the
examples against the SQL in a database. The two ways of a
function must agree to the last character, and the SQL must never raise, whatever its arguments are: guard what goes
*into* a cast, a division or a function that can fail (\`sqrt(case when x >= 0 then x end)\`), since PostgreSQL may compute
constants before it looks at conditions. TypeScript that throws, or gives another type than it says, fails its cell.
`
}

const described = describeFunctions(builtInRegistry)

function groupSection(group: FunctionGroup, title: string): string {
  const sections = described.filter((each) => each.group === group).map(functionSection)
  return `### ${title}\n\n${sections.join('\n')}`
}

function functionSection({ name, signatures, summary, aliases, examples }: DescribedFunction): string {
  const also = aliases.length === 0 ? '' : ` Also ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`
  const rows = examples.map(({ formula, result }) => `| \`${cell(formula)}\` | ${shownResult(result)} |`)
  return `#### ${name}

${signatures.map((text) => `\`${text}\``).join(' · ')}

${summary}${also}

| example | gives |
|---|---|
${rows.join('\n')}
`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\u200b', '\\u200b').replaceAll('\u0007', '\\u0007')
}

function shownResult(result: Json): string {
  return result === null ? 'blank' : `\`${cell(typeof result === 'string' ? result : JSON.stringify(result))}\``
}
