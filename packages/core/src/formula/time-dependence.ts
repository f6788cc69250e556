import type { CheckedFormula, TypedNode } from './typed-formula.ts'

/** Whether results depend on now or on the org's time zone beside the row. */
export function dependsOnTime({ root, volatile }: CheckedFormula): boolean {
  return volatile !== null || readsMoment(root)
}

function readsMoment(node: TypedNode): boolean {
  switch (node.kind) {
    case 'call':
      return node.definition.usesMoment === true || node.args.some(readsMoment)
    case 'composed':
      return node.definition.usesMoment === true || node.args.some(readsMoment) || readsMoment(node.body)
    case 'constant':
    case 'column':
    case 'local':
      return false
    default:
      return node satisfies never
  }
}
