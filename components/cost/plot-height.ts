/** Pixels that the chart is high, and its place while it is on its way. */
export const PLOT_HEIGHT = 180
