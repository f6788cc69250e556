/** What the plugins of the demo say of themselves. */
export const plugins = {
  'plugin.reoon.description': 'Sagt, an welche E-Mail-Adressen man schreiben kann.',
  'plugin.reoon.connect.key': 'API-Schlüssel',
  'plugin.reoon.connect.key.help': 'In Reoon: Settings, API.',
  'plugin.reoon.verification.name': 'E-Mail prüfen',
  'plugin.reoon.verification.description': 'Sagt, ob man an eine E-Mail-Adresse schreiben kann.',
  'plugin.reoon.verification.email': 'E-Mail-Adresse',
  'plugin.reoon.verification.mode': 'Verfahren',
  'plugin.reoon.verification.mode.help':
    'Power fragt den Mailserver nach dem Postfach, bis zu einer Minute lang; quick sieht nur die Domain an.',
  'plugin.reoon.account.name': 'Guthaben des Kontos',
  'plugin.reoon.account.description': 'Das Guthaben, das das Konto bei Reoon noch hat.',
} as const
