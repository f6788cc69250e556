import { type RawBuilder, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { compiled, openQueryDatabase } from '../query/testing/query-database.ts'
import { seededRandom } from '../query/testing/random.ts'
import type { Json } from '../values/json.ts'
import { builtInRegistry } from './built-in-functions.ts'
import { resultStorage } from './cell-fragment.ts'
import { checkFormula } from './check.ts'
import { compileFormulas, type FormulaToCompile } from './compile-formulas.ts'
import { createEvaluator, type FormulaCells } from './evaluate.ts'
import type { FormulaColumn } from './formula-column.ts'
import { FormulaError, formulaErrorOf } from './formula-error.ts'
import { checked, shown, testMoment } from './testing/formula-databases.ts'
import { fuzzColumns, randomRow, rowsAsRelation } from './testing/fuzz-rows.ts'
import { randomFormula } from './testing/random-formula.ts'

interface ChainLink extends FormulaToCompile {
  readonly column: FormulaColumn
}

/** Formulas that each may read those before, under the keys `f0`, `f1` … */
function chainOf(sources: readonly string[]): readonly ChainLink[] {
  const columns = [...fuzzColumns]
  return sources.map((source, place) => {
    const formula = checked(source, { columns })
    const column: FormulaColumn = {
      id: `f${place}`,
      key: `f${place}`,
      name: `F ${place}`,
      type: formula.type === 'blank' ? 'text' : formula.type,
      cell: `f${place}`,
      errorCell: `f${place}_s`,
      ...(resultStorage(formula.type) === 'jsonb' && formula.type !== 'json' ? { storedAs: 'jsonb' as const } : {}),
    }
    columns.push(column)
    return { formula, column }
  })
}

function evaluateChain(chain: readonly ChainLink[], row: FormulaCells): readonly Json[] {
  const cells: Record<string, FormulaCells[string]> = { ...row }
  return chain.map(({ formula, column }) => {
    const result = createEvaluator(formula).evaluate(cells, testMoment)
    cells[column.id] = result
    return shown(result)
  })
}

const instant = (value: RawBuilder<unknown>) =>
  sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

function select(chain: readonly ChainLink[], relation: RawBuilder<unknown>): RawBuilder<Record<string, Json>> {
  const { over, results } = compileFormulas(chain, testMoment)
  const columns = results.flatMap(({ value, error }, i) => {
    const storage = resultStorage(chain[i]?.formula.type ?? 'text')
    const text = storage === 'timestamptz' ? instant(value) : storage === 'numeric' ? sql`${value}::float8` : value
    return [sql`to_jsonb(${text}) as ${sql.id(`v${i}`)}`, sql`${error} as ${sql.id(`e${i}`)}`]
  })
  return sql<Record<string, Json>>`select ${sql.join(columns)} from ${over(relation)} as f`
}

function resultsOf(row: Readonly<Record<string, Json>>, count: number): readonly Json[] {
  return Array.from({ length: count }, (_, i) => {
    const error = row[`e${i}`]
    return typeof error === 'number' ? formulaErrorOf(error).sign : (row[`v${i}`] ?? null)
  })
}

describe('the SQL of formulas', () => {
  it('asks for the cells that it reads, and not for results that it computes', () => {
    const chain = chainOf(['@number_a * 2', '@f0 + @number_b', '@f1 & @status'])
    expect(compileFormulas(chain, testMoment).cells).toEqual(['c3', 'c4', 'c12'])
    expect(compileFormulas(chain.slice(1), testMoment).cells).toEqual(['f0', 'f0_s', 'c4', 'c12'])
  })

  it('fences each level and writes each value once, however often it is read', () => {
    const chain = chainOf(['@number_a', ...Array.from({ length: 39 }, (_, i) => `@f${i} * 0.5 + @f${i} / 3`)])
    const text = compiled(select(chain, sql`(select 1 as c3)`)).sql
    expect(text.match(/offset 0/g)?.length).toBeLessThan(140)
    expect(text.length).toBeLessThan(80_000)
  })

  it('binds what the user wrote', () => {
    const { sql: text, parameters } = compiled(select(chainOf([`@text_a & "'; drop table t; --"`]), sql`(select 1)`))
    expect(text).not.toContain('drop')
    expect(parameters).toContain("'; drop table t; --")
  })
})

describeDatabases('formulas in one statement', (makeDatabase) => {
  it('read each other as if each had been stored', { timeout: 120_000 }, async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const random = seededRandom(20)
    for (let turn = 0; turn < 12; turn++) {
      const sources: string[] = []
      while (sources.length < 14) {
        const readable = chainOf(sources).map(({ column }) => column)
        const columns = [...fuzzColumns, ...readable]
        const base = randomFormula(
          random.pick(['text', 'number', 'date', 'datetime', 'duration', 'list<number>']),
          2,
          random,
        )
        // Results take the place of columns of their type.
        const source = base.replaceAll(/@(\w+?)_[ab]\b/g, (written, type: string) => {
          const fitting = readable.filter((column) => column.type === type)
          return fitting.length > 0 && random.chance(0.6) ? `@${random.pick(fitting).key}` : written
        })
        if (checkFormula(source, { columns, functions: builtInRegistry }).ok) sources.push(source)
      }
      const chain = chainOf(sources)
      const rows = Array.from({ length: 15 }, () => randomRow(random))
      const found = await database.run(select(chain, rowsAsRelation(rows)))
      rows.forEach((row, i) => {
        expect(resultsOf(found[i] ?? {}, chain.length), sources.join('\n')).toEqual(evaluateChain(chain, row))
      })
    }
  })

  it('read stored results and their errors', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const chain = chainOf(['@number_a / @number_b', '@f0 + 1', 'IFERROR(@f0, -1)', 'ISERROR(@f0)']).slice(1)
    const relation = sql`(values (0.5::numeric, null::smallint), (null, 1), (null, null)) `
    const found = await database.run(select(chain, sql`(select * from ${relation} as s(f0, f0_s))`))
    expect(found.map((row) => resultsOf(row, 3))).toEqual([
      [1.5, 0.5, false],
      ['#DIV/0!', -1, true],
      [null, null, false],
    ])
  })

  it('take part in an update, one correlated select for all', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const chain = chainOf(['ROUND(@number_a * 1.5, 1)', 'UPPER(@text_a) & ": " & @f0', '1 / @number_a'])
    await database.execute(`create table t (id int, c1 text, c3 numeric, f0 numeric, f1 text, f2 numeric, f2_s smallint);
      insert into t (id, c1, c3) values (1, 'ada', 2.25), (2, null, 0), (3, 'straße', null)`)
    const { over, results, cells } = compileFormulas(chain, testMoment)
    const source = sql`(select ${sql.join(cells.map((cell) => sql.id('t', cell)))})`
    const values = sql.join([...results.map(({ value }) => value), results[2]?.error ?? sql`null`])
    await database.run(sql`update t set (f0, f1, f2, f2_s) = (select ${values} from ${over(source)} as f)`)
    const rows = await database.run(sql`select f0::float8, f1, round(f2, 3)::float8 as f2, f2_s from t order by id`)
    expect(rows).toEqual([
      { f0: 3.4, f1: 'ADA: 3.4', f2: 0.444, f2_s: null },
      { f0: 0, f1: ': 0', f2: null, f2_s: 1 },
      { f0: null, f1: 'STRASSE: ', f2: null, f2_s: null },
    ])
  })

  it('plan and run long chains soon, each formula using the one before twice', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const chain = chainOf(['@number_a', ...Array.from({ length: 39 }, (_, i) => `@f${i} * 0.5 + @f${i} / 3`)])
    await database.execute('create table chain as select i * 1.37 as c3 from generate_series(1, 1000) as i')
    const query = select(chain, sql`(select c3 from chain)`)
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < 5; run++) {
      const start = performance.now()
      await database.run(query)
      best = Math.min(best, performance.now() - start)
    }
    // Flattened, it would take hours; 63 ms of CPU on PostgreSQL 18 when nothing else runs.
    expect(best).toBeLessThan(3_000)
    const [first] = await database.run(query)
    expect(resultsOf(first ?? {}, 40)).toEqual(evaluateChain(chain, { col_3: 1.37 }))
  })
})

describe('errors', () => {
  it('are one object each, found by the number that SQL gives', () => {
    const error = createEvaluator(checked('1 / 0')).evaluate({}, testMoment)
    expect(error).toBeInstanceOf(FormulaError)
    expect(error).toMatchObject({ sign: '#DIV/0!', number: 1, sentence: 'A number is divided by zero.' })
    expect(formulaErrorOf(1)).toBe(error)
    expect(formulaErrorOf(999).sign).toBe('#TYPE!')
  })
})
