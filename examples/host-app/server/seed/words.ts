/** What the invented people and companies of the demo are made of. */

export type Words = readonly [string, ...string[]]

export interface Country {
  readonly name: string
  readonly region: string
  readonly topLevelDomain: string
  readonly cities: Words
  readonly firstNames: Words
  readonly lastNames: Words
  /** `#` stands for a digit. Ranges that regulators set aside for fiction, where there are any. */
  readonly phone: string
}

/** Parts that commas and spaces divide. */
const words = (text: string): Words => {
  const [first = '', ...rest] = text.split(', ')
  return [first, ...rest]
}

export const countries: readonly [Country, ...Country[]] = [
  {
    name: 'United States',
    region: 'North America',
    topLevelDomain: 'com',
    cities: words('New York, Austin, Chicago, Seattle, Denver, Boston, Atlanta, Portland'),
    firstNames: words(
      'James, Maria, Robert, Jennifer, Michael, Linda, David, Aisha, Daniel, Grace, Kevin, Naomi, Tyler, Sofia, Marcus, Renee, Andre, Hannah',
    ),
    lastNames: words(
      "Smith, Johnson, Williams, Garcia, Miller, Davis, Rodriguez, O'Brien, Nguyen, Washington, Kim, Patel, Cohen, Ramirez, Sullivan, Brooks",
    ),
    phone: '+1 415 555 01##',
  },
  {
    name: 'United Kingdom',
    region: 'EMEA',
    topLevelDomain: 'co.uk',
    cities: words('London, Manchester, Leeds, Bristol, Edinburgh, Cardiff'),
    firstNames: words(
      'Oliver, Amelia, Harry, Isla, George, Priya, Zoë, Siân, Callum, Fiona, Alistair, Chloë, Hamish, Imogen, Tariq, Beth',
    ),
    lastNames: words(
      'Taylor, Brown, Davies, Evans, Wilson, Khan, Hughes, Clarke, Fitzgerald, MacLeod, Shah, Whitfield, Ashworth, Okafor',
    ),
    phone: '+44 20 7946 0###',
  },
  {
    name: 'Germany',
    region: 'EMEA',
    topLevelDomain: 'de',
    cities: words('Berlin, Hamburg, München, Köln, Leipzig, Stuttgart'),
    firstNames: words(
      'Jürgen, Anja, Björn, Käthe, Lukas, Sabine, Günther, Mareike, Sören, Annette, Moritz, Leonie, Jörg, Heike, Emre, Jana',
    ),
    lastNames: words(
      'Müller, Schmidt, Weiß, Schäfer, Köhler, Vogel, Krüger, Böhm, Groß, Lindner, Jäger, Strauß, Özdemir, Brandt, Wagner',
    ),
    phone: '+49 30 23125 ###',
  },
  {
    name: 'France',
    region: 'EMEA',
    topLevelDomain: 'fr',
    cities: words('Paris, Lyon, Nantes, Bordeaux, Lille'),
    firstNames: words(
      'Zoé, François, Chloé, Jérôme, Hélène, Noël, Amélie, Cédric, Élodie, Théo, Agnès, Benoît, Inès, Gaëlle, Karim',
    ),
    lastNames: words(
      'Lefèvre, Moreau, Rousseau, Guérin, Chevalier, Fontaine, Lemaître, Garçon, Dubois, Girard, Bénard, Haddad',
    ),
    phone: '+33 1 99 00 ## ##',
  },
  {
    name: 'Spain',
    region: 'EMEA',
    topLevelDomain: 'es',
    cities: words('Madrid, Barcelona, Valencia, Sevilla, Bilbao'),
    firstNames: words(
      'José, María, Íñigo, Lucía, Álvaro, Begoña, Andrés, Inés, Óscar, Rocío, Martín, Belén, Iván, Nuria',
    ),
    lastNames: words('García, Muñoz, Núñez, Fernández, Ibáñez, Peña, Castaño, Gómez, Ordóñez, Vázquez, Marín, Sáenz'),
    phone: '+34 910 000 ###',
  },
  {
    name: 'Sweden',
    region: 'EMEA',
    topLevelDomain: 'se',
    cities: words('Stockholm, Göteborg, Malmö, Uppsala'),
    firstNames: words('Åsa, Björn, Märta, Göran, Linnéa, Håkan, Saga, Jörgen, Ebba, Örjan, Elin, Nils, Annika, Kjell'),
    lastNames: words('Lindström, Åkesson, Sjöberg, Öberg, Nyström, Bäckman, Hägg, Ljungqvist, Norén, Ekström, Dahl'),
    phone: '+46 8 465 004 ##',
  },
  {
    name: 'Japan',
    region: 'APAC',
    topLevelDomain: 'jp',
    cities: words('Tokyo, Osaka, Nagoya, Fukuoka'),
    firstNames: words('Haruto, Sakura, Yuki, Aoi, Ren, Mei, Sota, Hina, Kaito, Yuna, Riku, Akari'),
    lastNames: words('Tanaka, Sato, Suzuki, Takahashi, Watanabe, Ito, Yamamoto, Nakamura, Kobayashi, Kato, Mori'),
    phone: '+81 3 4510 ####',
  },
  {
    name: 'India',
    region: 'APAC',
    topLevelDomain: 'in',
    cities: words('Bengaluru, Mumbai, Pune, Hyderabad, Chennai'),
    firstNames: words('Aarav, Diya, Vihaan, Ananya, Arjun, Ishita, Rohan, Kavya, Siddharth, Meera, Nikhil, Pooja'),
    lastNames: words('Sharma, Iyer, Reddy, Gupta, Nair, Mehta, Banerjee, Joshi, Kapoor, Desai, Rao, Bose'),
    phone: '+91 80 4112 ####',
  },
  {
    name: 'Australia',
    region: 'APAC',
    topLevelDomain: 'com.au',
    cities: words('Sydney, Melbourne, Brisbane, Perth'),
    firstNames: words('Jack, Ruby, Lachlan, Matilda, Cooper, Willow, Angus, Tahlia, Declan, Freya, Minh, Elena'),
    lastNames: words("Campbell, Murphy, Nguyen, Kelly, Papadopoulos, Fraser, O'Connor, Reid, Walsh, Bennett, Tran"),
    phone: '+61 2 5550 ####',
  },
  {
    name: 'Brazil',
    region: 'LATAM',
    topLevelDomain: 'com.br',
    cities: words('São Paulo, Curitiba, Recife, Porto Alegre'),
    firstNames: words('João, Ana, Thiago, Beatriz, Lucas, Letícia, Rafael, Camila, Caio, Luísa, Murilo, Antônia'),
    lastNames: words('Silva, Souza, Oliveira, Conceição, Araújo, Gonçalves, Magalhães, Teixeira, Brandão, Simões'),
    phone: '+55 11 4560 ####',
  },
]

export const companyFirst = words(
  'Alder, Amber, Anchor, Apex, Aurora, Beacon, Birch, Blue Harbor, Bright, Cedar, Cobalt, Compass, Copper, Crane, Delta, Ember, Evergreen, Falcon, Field, Fjord, Forge, Garnet, Granite, Grove, Halcyon, Harbor, Hazel, Heron, Indigo, Iron, Ivory, Juniper, Kestrel, Keystone, Lantern, Larch, Lumen, Maple, Meridian, Mosaic, Nimbus, North Star, Oak, Onyx, Orchard, Osprey, Pine, Pioneer, Prism, Quartz, Raven, Ridge, River, Sable, Sequoia, Silver, Slate, Solstice, Summit, Tandem, Thistle, Timber, Vector, Verdant, Vista, Willow, Wren, Zephyr',
)
export const companySecond = words(
  'Analytics, Bank, Biotech, Capital, Clinics, Cloud, Components, Dynamics, Education, Energy, Foods, Freight, Health, Hospitality, Industries, Insurance, Labs, Learning, Legal, Logistics, Manufacturing, Media, Mobility, Networks, Partners, Payments, Pharma, Robotics, Security, Software, Solar, Studios, Systems, Travel, Ventures, Works',
)
export const industries = words(
  'Software, Financial services, Healthcare, Manufacturing, Logistics, Retail, Energy, Education, Media, Hospitality, Professional services',
)
export const technologies = words(
  'Salesforce, HubSpot, Snowflake, Segment, Stripe, Shopify, Zendesk, Slack, AWS, Azure',
)
export const contactTags = words('Event 2026, Webinar, Newsletter, Champion, Partner, Former customer, Do not call')
export const owners = words(
  'Mara Lindqvist <mara@northwind.example>, Tom Becker <tom@northwind.example>, Priya Shah <priya@northwind.example>, Diego Ramos <diego@northwind.example>, Hana Sato <hana@northwind.example>',
)

/** Job titles by department; each names its seniority first. */
export const titles: Readonly<Record<string, readonly [readonly [string, string], ...(readonly [string, string])[]]>> =
  {
    Sales: [
      ['Manager', 'Sales Manager'],
      ['Individual', 'Account Executive'],
      ['Individual', 'Sales Development Representative'],
      ['Director', 'Director of Sales'],
      ['VP', 'VP Sales'],
      ['C-level', 'Chief Revenue Officer'],
    ],
    Marketing: [
      ['Manager', 'Marketing Manager'],
      ['Individual', 'Content Strategist'],
      ['Head', 'Head of Growth'],
      ['Director', 'Director of Demand Generation'],
      ['VP', 'VP Marketing'],
      ['C-level', 'Chief Marketing Officer'],
    ],
    Operations: [
      ['Individual', 'Business Analyst'],
      ['Manager', 'Revenue Operations Manager'],
      ['Head', 'Head of Operations'],
      ['Director', 'Director of Operations'],
      ['C-level', 'Chief Operating Officer'],
    ],
    Engineering: [
      ['Individual', 'Software Engineer'],
      ['Individual', 'Data Engineer'],
      ['Manager', 'Engineering Manager'],
      ['Head', 'Head of Platform'],
      ['VP', 'VP Engineering'],
      ['C-level', 'Chief Technology Officer'],
    ],
    Finance: [
      ['Individual', 'Financial Analyst'],
      ['Manager', 'Controller'],
      ['Director', 'Finance Director'],
      ['C-level', 'Chief Financial Officer'],
    ],
  }

export const notes = words(
  'Met at the spring summit; wants a demo for the whole team, Renewal with the current vendor is due in {month}, Asked for a security questionnaire before anything else, Budget is frozen until {month}; call back then, Champion moved to another team — find out who follows, Uses spreadsheets with {number} tabs today; hates every one of them, Very interested in the HubSpot sync, Prefers e-mail over calls. 🙂, Was a customer at the last job and liked it, Legal wants data residency in the EU, Has {number} sellers and one overworked analyst',
)
export const months = words(
  'January, February, March, April, May, June, July, August, September, October, November, December',
)
export const nextSteps = words(
  'Send proposal, Security review, Demo for the team, Contract with legal, Call with finance, Waiting for a reply, Pilot kick-off, Pricing questions',
)
