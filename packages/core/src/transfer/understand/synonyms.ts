import { headerWords } from './header-words.ts'

/** What revenue teams call the same thing, in the words of their tools; the first is the plain one. */
export const synonyms = {
  'first name': 'first name, given name, forename, firstname, fname, vorname, prenom, nombre, nome, voornaam, imie',
  'last name':
    'last name, surname, family name, lastname, lname, nachname, nom, nom de famille, apellido, apellidos, cognome, achternaam, nazwisko',
  'full name':
    'full name, name, contact, contact name, person, lead, lead name, display name, fullname, nom complet, nombre completo, vollstandiger name, kontakt, ansprechpartner',
  email:
    'email, e mail, email address, e mail address, mail, work email, business email, primary email, company email, contact email, email 1, e mail 1 value, email work, emailadresse, e mail adresse, courriel, adresse email, correo, correo electronico, adresse e mail',
  'personal email': 'personal email, private email, home email, e mail home, email personal, email 2, secondary email',
  phone:
    'phone, phone number, telephone, tel, telephone number, work phone, business phone, direct dial, direct phone, office phone, company phone, phone 1 value, telefon, telefonnummer, telefono, telefoon',
  mobile:
    'mobile, mobile phone, mobile number, cell, cell phone, cellphone, cell number, handy, handynummer, mobil, movil, portable, gsm',
  company:
    'company, company name, organization, organisation, org, account, account name, employer, current company, firm, business, business name, company organization, unternehmen, firma, entreprise, societe, empresa, azienda, bedrijf',
  domain: 'domain, company domain, domain name, email domain, company domain name, web domain, domaine, dominio',
  website:
    'website, web site, url, web, homepage, company website, website url, company url, site, webseite, internetseite, site web, sitio web',
  linkedin:
    'linkedin, linkedin url, linkedin profile, linkedin profile url, person linkedin url, person linkedin, li url, linkedin link, linkedin address, linkedin bio',
  'company linkedin':
    'company linkedin, company linkedin url, organization linkedin url, account linkedin, company linkedin page',
  title:
    'title, job title, position, role, job, occupation, designation, headline, job role, funktion, berufsbezeichnung, poste, fonction, cargo, puesto, titel',
  seniority: 'seniority, seniority level, management level, job level, level',
  department: 'department, departments, team, function, division, abteilung, departement, departamento',
  industry: 'industry, sector, vertical, branche, secteur, industria, sector industrial',
  employees:
    'employees, employee count, number of employees, number employees, headcount, company size, size, employees number, staff, mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter, effectif, empleados',
  revenue:
    'revenue, annual revenue, turnover, sales, yearly revenue, estimated revenue, arr, umsatz, jahresumsatz, chiffre d affaires, ingresos',
  street:
    'street, address, street address, address 1, address line 1, mailing street, billing street, strasse, adresse, anschrift, rue, calle, direccion, indirizzo',
  city: 'city, town, locality, mailing city, billing city, location city, stadt, ort, ville, ciudad, citta, plaats',
  state: 'state, region, province, county, state province, state region, bundesland, mailing state, provincia',
  'postal code':
    'postal code, zip, zip code, zipcode, postcode, post code, postalcode, plz, postleitzahl, code postal, codigo postal, cap',
  country: 'country, country region, country name, nation, mailing country, billing country, land, pays, pais, paese',
  location: 'location, place, geo, standort, lieu, ubicacion',
  owner:
    'owner, account owner, lead owner, contact owner, assigned to, assignee, rep, sales rep, besitzer, zustandig, proprietaire',
  status: 'status, lead status, contact status, state of lead',
  stage: 'stage, deal stage, lifecycle stage, pipeline stage, phase, etape, etapa',
  source: 'source, lead source, origin, channel, original source, quelle, herkunft, origen',
  amount:
    'amount, deal value, value, deal amount, deal size, opportunity amount, price, betrag, preis, wert, montant, prix, importe, precio',
  'close date': 'close date, closing date, expected close, expected close date, abschlussdatum, date de cloture',
  created:
    'created, created at, create date, created date, creation date, date created, date added, added on, erstellt, erstellt am, angelegt am, cree le',
  updated:
    'updated, updated at, last modified, modified, modified date, last modified date, last updated, geandert, geandert am, modifie le',
  'last contacted':
    'last contacted, last contact, last activity, last activity date, last contacted date, last touch, letzter kontakt',
  notes:
    'notes, note, comment, comments, remarks, description, details, notizen, bemerkung, bemerkungen, kommentar, beschreibung, commentaire, remarques, notas',
  tags: 'tags, tag, labels, label, keywords, lists, list, segments, groups, schlagworte, etiquetas',
  id: 'id, record id, external id, identifier, key, uid, uuid, guid, lead id, contact id',
  birthday: 'birthday, date of birth, dob, birth date, birthdate, geburtstag, geburtsdatum, date de naissance',
  language: 'language, preferred language, locale, sprache, langue, idioma',
  twitter: 'twitter, twitter handle, twitter url, x handle, twitter profile',
  score: 'score, lead score, rating, fit score, icp score, bewertung',
} as const

/** A thing that many files have a column for. */
export type Meaning = keyof typeof synonyms

const byJoined = new Map<string, Meaning>(
  (Object.keys(synonyms) as Meaning[]).flatMap((meaning) =>
    synonyms[meaning].split(', ').map((words) => [joined(words), meaning] as const),
  ),
)

/** What a header means; null for headers that nobody has yet called anything so. */
export function meaningOf(header: string): Meaning | null {
  return byJoined.get(joined(headerWords(header))) ?? null
}

/** `linkedin url` and `linked in url` are the same. */
function joined(words: string): string {
  return words.replaceAll(' ', '')
}
