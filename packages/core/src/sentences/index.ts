/** Sentences for users by their keys, so that they can be said in another language. Runs anywhere. */
export { type KnownSentence, readSentence } from './read-sentence.ts'
export { say, type ValuesOf } from './say.ts'
export { type SentenceKey, type SentenceText, sentences } from './sentences.ts'
