import { createContext, useContext } from 'react'
import { type People, peopleOf } from './people.ts'

export const PeopleContext = createContext<People>(peopleOf([]))

/** The people that the host handed to its `OpsProvider`. */
export function usePeople(): People {
  return useContext(PeopleContext)
}
