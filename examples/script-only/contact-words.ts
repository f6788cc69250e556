/** What the invented people and companies of contacts.csv are made of. */

type Words = readonly [string, ...string[]]

export interface Country {
  readonly name: string
  readonly topLevelDomain: string
  readonly firstNames: Words
  readonly lastNames: Words
  /** `#` stands for a digit. Ranges that regulators set aside for fiction, where there are any. */
  readonly phone: string
}

const words = (text: string): Words => {
  const [first = '', ...rest] = text.split(' ')
  return [first, ...rest]
}

export const countries: readonly [Country, ...Country[]] = [
  {
    name: 'United States',
    topLevelDomain: 'com',
    firstNames: words('James Maria Robert Jennifer Michael Linda David Aisha Daniel Grace Kevin Naomi Tyler Sofia'),
    lastNames: words("Smith Johnson Williams Garcia Miller Davis Rodriguez O'Brien Nguyen Washington Kim Patel Cohen"),
    phone: '+1 (415) 555-01##',
  },
  {
    name: 'United Kingdom',
    topLevelDomain: 'co.uk',
    firstNames: words('Oliver Amelia Harry Isla George Priya Zoë Siân Callum Fiona Alistair Chloë Hamish Imogen'),
    lastNames: words('Taylor Brown Davies Evans Wilson Khan Hughes Clarke Fitzgerald MacLeod Shah Whitfield Ashworth'),
    phone: '+44 20 7946 0###',
  },
  {
    name: 'Germany',
    topLevelDomain: 'de',
    firstNames: words('Jürgen Anja Björn Käthe Lukas Sabine Günther Mareike Sören Annette Moritz Leonie Jörg Heike'),
    lastNames: words('Müller Schmidt Weiß Schäfer Köhler Vogel Krüger Böhm Groß Lindner Jäger Strauß Özdemir Brandt'),
    phone: '+49 30 23125 ###',
  },
  {
    name: 'France',
    topLevelDomain: 'fr',
    firstNames: words('Zoé François Chloé Jérôme Hélène Noël Amélie Cédric Élodie Théo Agnès Benoît Inès Gaëlle'),
    lastNames: words('Lefèvre Moreau Rousseau Guérin Chevalier Bézier Fontaine Lemaître Garçon Dubois Girard Bénard'),
    phone: '+33 1 99 00 ## ##',
  },
  {
    name: 'Spain',
    topLevelDomain: 'es',
    firstNames: words('José María Íñigo Lucía Álvaro Begoña Andrés Inés Óscar Rocío Martín Belén Iván Nuria'),
    lastNames: words('García Muñoz Núñez Fernández Ibáñez Peña Ramírez Castaño Gómez Ordóñez Vázquez Marín Sáenz'),
    phone: '+34 910 000 ###',
  },
  {
    name: 'Sweden',
    topLevelDomain: 'se',
    firstNames: words('Åsa Björn Märta Göran Linnéa Håkan Saga Jörgen Ebba Örjan Elin Nils Annika Kjell'),
    lastNames: words('Lindström Åkesson Sjöberg Öberg Nyström Bäckman Hägg Ljungqvist Norén Ekström Sandberg Dahl'),
    phone: '+46 8 465 004 ##',
  },
  {
    name: 'Poland',
    topLevelDomain: 'pl',
    firstNames: words('Łukasz Małgorzata Paweł Żaneta Michał Agnieszka Wojciech Bożena Stanisław Zofia Błażej Ewa'),
    lastNames: words('Wiśniewska Wójcik Kamiński Zieliński Dąbrowski Łęcka Szymański Jabłoński Król Źrebiec Nowak'),
    phone: '+48 22 000 0# ##',
  },
  {
    name: 'Brazil',
    topLevelDomain: 'com.br',
    firstNames: words('João Conceição Antônio Letícia Márcio Fernanda Luís Patrícia Caíque Thaís Estêvão Bruna'),
    lastNames: words('Gonçalves Conceição Araújo Brandão Magalhães Simões Leão Assunção Queirós Esteves Silva Prado'),
    phone: '+55 11 0000-0###',
  },
  {
    name: 'Türkiye',
    topLevelDomain: 'com.tr',
    firstNames: words('Çağla Emre İpek Oğuz Şule Gökhan Ayşe Barış Ümit Elif Doğan Işıl'),
    lastNames: words('Yıldız Çelik Şahin Öztürk Güneş Aydın Koç Arslan Doğru Erdoğmuş Işık'),
    phone: '+90 212 000 0# ##',
  },
  {
    name: 'Japan',
    topLevelDomain: 'co.jp',
    firstNames: words('美咲 陽翔 さくら 健太 Yuki Haruto 直子 大輔 Aoi 翔太'),
    lastNames: words('田中 佐藤 鈴木 高橋 Tanaka 渡辺 伊藤 山本 Nakamura 小林'),
    phone: '+81 3-0000-0###',
  },
]

export const companyFirst = words(
  'Northwind Bluepeak Ironleaf Quillmark Sunhollow Graphite Larkspur Meridian Oakvale Pinecrest Redwharf Silverfern Tidewater Umbra Vantage Westlake Amberline Brightforge Cobalt Driftwood Everglow Foxglove Glasshouse Harborlight Inkwell Juniper Kestrel Lodestar Mosaic Nimbus',
)
export const companySecond = words(
  'Analytics Robotics Logistics Software Health Energy Foods Systems Labs Capital Studios Networks Mobility Security Materials Learning Travel Insurance Legal Media',
)

export const titles: readonly [string, ...string[]] = [
  'Chief Revenue Officer',
  'VP Sales',
  'VP of Marketing',
  'Head of Sales Operations',
  'Head of Growth',
  'Director, Revenue Operations',
  'Sales Manager',
  'Account Executive',
  'Marketing Manager',
  'RevOps Analyst',
  'Chief Executive Officer',
  'Founder',
  'Head of IT, EMEA',
  'Procurement Lead',
]

/** Listed as often as they occur. */
export const stages = words('New New New New Contacted Contacted Contacted Qualified Qualified Proposal Won Lost Lost')

export const tags: readonly [string, ...string[]] = [
  'VIP',
  'Partner',
  'Newsletter',
  'Event 2026',
  'Churn risk',
  'Inbound',
  'Referral',
  'Do not call',
]

/** `{month}`, `{number}` and `{person}` are filled in. */
export const notes: readonly [string, ...string[]] = [
  'Met {person} at SaaStock; wants a demo in {month}.',
  'Said: "Call me after {month}, not before."',
  'Budget of EUR {number}k approved, legal review pending',
  'Asked for SSO, audit log, and EU hosting; {number} seats',
  'Two offices:\nBerlin ({number} people) and Lisbon',
  'Uses a competitor, contract ends in {month}',
  'Très intéressé, à relancer en {month}',
  'Prefers e-mail;\nno calls before {number} minutes past nine',
  'Out of office until {month} ☕',
  'Referred by "{person}", our partner in Malmö',
  'Opened {number} mails, answered none',
  '{person} decides, "but not alone"',
]

export const months = words('January February March April May June July August September October November December')
