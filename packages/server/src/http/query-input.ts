import { OpsError } from '@opslayer/core'

/** The input of a GET, as tRPC has it too: JSON in `?input=…`. @throws OpsError `INVALID_INPUT` */
export function queryInput(request: Request): unknown {
  try {
    return JSON.parse(new URL(request.url).searchParams.get('input') ?? '')
  } catch (cause) {
    throw new OpsError('INVALID_INPUT', 'Give the input as JSON in the address: ?input={"tableId":…}.', { cause })
  }
}
