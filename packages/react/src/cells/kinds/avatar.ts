import type { CellKind } from '../cell-kind.ts'
import { toneOf } from '../tones.ts'

/** A name with its picture, or its initial in a tinted shape: round for people, square for companies. */
export function avatarKind(
  id: string,
  nameOf: (text: string) => string,
  pictureOf: (text: string) => string | undefined = () => undefined,
): CellKind {
  return {
    id,
    extraPx: 26,
    shownPart: nameOf,
    create: () => {
      const node = document.createElement('span')
      node.className = 'ops-marked'
      const avatar = document.createElement('span')
      avatar.setAttribute('aria-hidden', 'true')
      const initial = document.createTextNode('')
      const isolated = document.createElement('bdi')
      const label = isolated.appendChild(document.createTextNode(''))
      avatar.append(initial)
      node.append(avatar, isolated)
      let shownPicture: string | undefined
      return {
        node,
        write: ({ text }) => {
          const name = nameOf(text)
          label.data = name
          const picture = pictureOf(text)
          initial.data = picture === undefined ? ([...name][0] ?? '').toLocaleUpperCase() : ''
          if (picture !== shownPicture) {
            shownPicture = picture
            avatar.style.backgroundImage = picture === undefined ? '' : `url(${JSON.stringify(picture)})`
          }
          avatar.className = `ops-avatar ops-tone-${toneOf(name)}`
          node.hidden = text === ''
        },
      }
    },
  }
}

/** `Ada Lovelace <ada@acme.com>` is shown as `Ada Lovelace`. */
export function personName(text: string): string {
  const at = text.indexOf(' <')
  return at > 0 ? text.slice(0, at) : text
}
