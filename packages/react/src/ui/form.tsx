import { type ComponentPropsWithoutRef, forwardRef } from 'react'

export interface FormProps extends Omit<ComponentPropsWithoutRef<'form'>, 'onSubmit' | 'noValidate'> {
  /** Called by Enter in a field, and by a button of the type `submit`. */
  onSubmit(): void
}

/** Fields that are sent together, by code of ours. */
export const Form = forwardRef<HTMLFormElement, FormProps>(function Form({ onSubmit, ...form }, ref) {
  return (
    <form
      ref={ref}
      {...form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        // A form inside of a portal is still inside of the one around it to React.
        event.stopPropagation()
        onSubmit()
      }}
    />
  )
})
