import { expect, it } from 'vitest'
import { baseUrlOf } from './base-url.ts'

it('continues the base with paths, whatever their slashes', () => {
  for (const base of ['https://api.example.com/v1', 'https://api.example.com/v1/']) {
    expect(baseUrlOf(base).resolve('/people?a=1').href).toBe('https://api.example.com/v1/people?a=1')
    expect(baseUrlOf(base).resolve('people/').href).toBe('https://api.example.com/v1/people/')
  }
  expect(baseUrlOf('https://api.example.com/v1').resolve('https://other.example.com/x').href).toBe(
    'https://other.example.com/x',
  )
})

it('tells which addresses lie below it', () => {
  const { pathOf } = baseUrlOf('https://api.example.com/v1')
  expect(pathOf(new URL('https://api.example.com/v1/people'))).toBe('/people')
  expect(pathOf(new URL('https://api.example.com/v1'))).toBe('/')
  expect(pathOf(new URL('https://api.example.com/v10/people'))).toBeUndefined()
  expect(pathOf(new URL('https://api.example.com/v1/../admin'))).toBeUndefined()
  expect(pathOf(new URL('http://api.example.com/v1/people'))).toBeUndefined()
  expect(pathOf(new URL('https://api.example.com.evil.com/v1/people'))).toBeUndefined()
})

it('refuses paths without a base, and what is no address', () => {
  expect(() => baseUrlOf(undefined).resolve('/people')).toThrow('no `baseUrl`')
  expect(() => baseUrlOf('nowhere')).toThrow('no address')
})
