import { describeColumnDialogs } from './dialogs/column-dialogs.ts'
import { describeConnectionDialogs } from './dialogs/connection-dialogs.ts'
import { describeDialogsByKeyboard } from './dialogs/dialogs-by-keyboard.ts'
import { describeDialogsByTouch } from './dialogs/dialogs-by-touch.ts'
import { describeRunDialogs } from './dialogs/run-dialogs.ts'
import { describeTransferDialogs } from './dialogs/transfer-dialogs.ts'
import { describeUnansweredStarts } from './dialogs/unanswered-starts.ts'
import { describeUnreadPlugins } from './dialogs/unread-plugins.ts'
import { describeUnsavedDialogs } from './dialogs/unsaved-dialogs.ts'
import { describeDialogs } from './testing/open-dialogs.ts'

// One server and one browser for all of them, in an order in which none finds what another left.
const openTab = describeDialogs()
describeColumnDialogs(openTab)
describeConnectionDialogs(openTab)
describeTransferDialogs(openTab)
describeRunDialogs(openTab)
describeUnansweredStarts(openTab)
describeUnreadPlugins(openTab)
describeUnsavedDialogs(openTab)
describeDialogsByTouch(openTab)
describeDialogsByKeyboard(openTab)
