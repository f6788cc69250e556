/** What controls and dialogs say, in English. */
export const dialogTexts = {
  'dialog.close': 'Close',
  'dialog.cancel': 'Cancel',
  'dialog.back': 'Back',
  'dialog.retry': 'Try again',
  'dialog.not-loaded':
    'Check the connection and try again. If it stays so, reload the page: the app may have been renewed meanwhile.',
  'dialog.needs-reload':
    'Another try does not help: the browser keeps the failure until the page is loaded anew. Cells are saved; finish or copy what you are typing elsewhere, then reload.',
  'dialog.reload': 'Reload the page',
  'unsaved.title': 'Discard changes?',
  'unsaved.text': 'What you entered here is not saved.',
  'unsaved.keep': 'Keep editing',
  'unsaved.discard': 'Discard',
  'notice.list': 'Notices',
  'field.number': 'number field',
  'field.increase': 'Increase',
  'field.decrease': 'Decrease',
  'field.clear': 'Clear',
  'field.show-choices': 'Show choices',
  'field.no-choices': 'Nothing is called that.',
  'field.loading': 'Loading…',
} as const
