import type { ViewInput } from '@opslayer/core'

const shared = (name: string, definition: ViewInput['definition']): ViewInput => ({ name, kind: 'shared', definition })

export const companyViews: readonly ViewInput[] = [
  shared('Target accounts', {
    filter: {
      and: [
        { column: 'employees', op: 'between', value: [50, 2_000] },
        { column: 'customer', op: 'is', value: false },
      ],
    },
    sorts: [
      { column: 'fit', dir: 'desc' },
      { column: 'employees', dir: 'desc' },
    ],
    columns: [
      { column: 'company', width: 220 },
      { column: 'employees', summary: 'median' },
      { column: 'revenue', summary: 'sum' },
    ],
    pinned: { left: 1, right: 0 },
    formats: [{ filter: { column: 'fit', op: 'gte', value: 4 }, target: { column: 'fit' }, style: { tint: 'green' } }],
  }),
  shared('By industry', {
    groupBy: [{ column: 'industry' }],
    columns: [
      { column: 'company', width: 220 },
      { column: 'revenue', summary: 'sum' },
    ],
  }),
]

export const contactViews: readonly ViewInput[] = [
  shared('Call today', {
    filter: { column: 'next_step', op: 'is', value: 'Call today' },
    sorts: [
      { column: 'icp_score', dir: 'desc' },
      { column: 'days_since_touch', dir: 'desc' },
    ],
    columns: [
      { column: 'name', width: 190 },
      { column: 'icp_score', summary: 'avg' },
      { column: 'days_since_touch', summary: 'median' },
      { column: 'email', summary: 'filled_share', width: 260 },
    ],
    pinned: { left: 1, right: 0 },
    formats: [
      {
        filter: { column: 'days_since_touch', op: 'gt', value: 180 },
        target: { column: 'days_since_touch' },
        style: { text: 'red', bold: true },
      },
      {
        filter: { column: 'icp_score', op: 'gte', value: 95 },
        target: { column: 'icp_score' },
        style: { tint: 'green' },
      },
    ],
  }),
  shared('By lifecycle', {
    groupBy: [{ column: 'lifecycle' }],
    sorts: [{ column: 'icp_score', dir: 'desc' }],
    columns: [
      { column: 'name', width: 190 },
      { column: 'icp_score', summary: 'avg' },
      { column: 'lifecycle', summary: 'distribution' },
    ],
  }),
  shared('Decision makers in EMEA', {
    filter: {
      and: [
        { column: 'seniority', op: 'is_any_of', value: ['C-level', 'VP', 'Director'] },
        { column: 'country', op: 'is_any_of', value: ['United Kingdom', 'Germany', 'France', 'Spain', 'Sweden'] },
      ],
    },
    sorts: [{ column: 'employees', dir: 'desc' }],
  }),
  shared('No e-mail address', {
    filter: { column: 'email', op: 'is_empty' },
    sorts: [{ column: 'icp_score', dir: 'desc' }],
  }),
]

export const dealViews: readonly ViewInput[] = [
  shared('Open pipeline', {
    filter: { column: 'stage', op: 'is_none_of', value: ['Won', 'Lost'] },
    groupBy: [{ column: 'stage' }],
    sorts: [{ column: 'close_date', dir: 'asc' }],
    columns: [
      { column: 'deal', width: 280 },
      { column: 'amount', summary: 'sum' },
      { column: 'weighted', summary: 'sum' },
    ],
    pinned: { left: 1, right: 0 },
    formats: [
      {
        filter: { column: 'days_to_close', op: 'lt', value: 0 },
        target: { column: 'close_date' },
        style: { text: 'red', bold: true },
      },
      {
        filter: { column: 'amount', op: 'gte', value: 150_000 },
        target: { column: 'amount' },
        style: { tint: 'green' },
      },
    ],
  }),
  shared('Closing this month', {
    filter: {
      and: [
        { column: 'close_date', op: 'within', value: 'this month' },
        { column: 'stage', op: 'is_none_of', value: ['Won', 'Lost'] },
      ],
    },
    sorts: [{ column: 'amount', dir: 'desc' }],
    columns: [
      { column: 'deal', width: 280 },
      { column: 'amount', summary: 'sum' },
    ],
  }),
  shared('Won', {
    filter: { column: 'stage', op: 'is', value: 'Won' },
    groupBy: [{ column: 'close_date', by: 'month', dir: 'desc' }],
    columns: [
      { column: 'deal', width: 280 },
      { column: 'amount', summary: 'sum' },
    ],
    formats: [{ filter: { column: 'amount', op: 'gte', value: 200_000 }, target: 'row', style: { tint: 'green' } }],
  }),
]
