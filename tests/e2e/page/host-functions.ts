import { code, defineFunction, parameter } from '@opslayer/core/formula'

/** A function of the host, for its server and its pages alike. */
export const points = defineFunction({
  name: 'ACME.POINTS',
  group: 'custom',
  summary: 'What a score is worth.',
  parameters: [parameter('score', 'number')],
  result: 'number',
  sql: ([score]) => code`(2 * ${score} + 1)`,
  evaluate: ([score]) => 2 * score + 1,
  examples: [{ formula: 'ACME.POINTS(3)', result: 7 }],
})
