# A comment
/* another */ [ 1 /* inside */ 2 # to the end of the line
  /** documentation */ 3
  /**/ 4 /***/ 5 /* ** / * */
]
