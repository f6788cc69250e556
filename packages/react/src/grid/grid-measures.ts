/** Heights of header and footer, in px; the style sheet has the same. */
export const headPx = 36
export const footPx = 36
/** Room behind the last line, for the button that adds one. */
export const tailPx = 84
/** Room behind the last column, for the button that adds one. */
export const sidePx = 120
