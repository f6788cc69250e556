export type { Json } from '../values/json.ts'
export { testFormulaFunctions } from './conformance/function-checks.ts'
export { type OpenPlugin, type OpenPluginOptions, openPlugin } from './conformance/open-plugin.ts'
export type {
  ActionTrial,
  ColumnTrial,
  PluginCheck,
  PluginTrial,
  SourceTrial,
  WebhookTrial,
} from './conformance/plugin-trial.ts'
export { pluginChecks, testPlugin } from './conformance/test-plugin.ts'
export {
  defineSimulator,
  type Handler,
  type HandlerTools,
  type ParamsOf,
  type Simulator,
} from './simulator/define-simulator.ts'
export { type CursorPage, pageByCursor, pageByNumber, pageByOffset } from './simulator/pages.ts'
export type { SimulatedAnswer, SimulatedRequest } from './simulator/simulated-request.ts'
export type { SimulatorBill } from './simulator/simulator-bill.ts'
export type { ClockOptions, SimulatorClock } from './simulator/simulator-clock.ts'
export type { Fault, FaultCause, FaultKind, SimulatorFaults } from './simulator/simulator-faults.ts'
export type { JournalEntry, SimulatorJournal } from './simulator/simulator-journal.ts'
export type { LimitStanding, SimulatorLimit, SimulatorLimits } from './simulator/simulator-limits.ts'
export type { SignWebhook, SimulatorWebhooks, WebhookDisorder, WebhookMessage } from './simulator/simulator-webhooks.ts'
export { type RunningSimulator, type SimulatorOptions, startSimulator } from './simulator/start-simulator.ts'
