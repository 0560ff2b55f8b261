" Settings that nearly everybody wants. They are made after the vimrc, so each takes care of what stands there.

if exists('g:loaded_sensible') || &compatible
  finish
endif
let g:loaded_sensible = 'home-manager'

if has('autocmd') && !exists('g:did_indent_on')
  filetype plugin indent on
endif
if has('syntax') && !exists('g:syntax_on')
  syntax enable
endif

set autoindent smarttab incsearch wildmenu ruler
set backspace=indent,eol,start
set complete-=i
set nrformats-=octal
set display+=lastline
set sessionoptions-=options
set viewoptions-=options

if &laststatus < 2
  set laststatus=2
endif
if !&scrolloff
  set scrolloff=1
endif
if !&sidescroll
  set sidescroll=1
endif
if &history < 1000
  set history=1000
endif
if &tabpagemax < 50
  set tabpagemax=50
endif
if !&ttimeout && &ttimeoutlen == -1
  set ttimeout ttimeoutlen=100
endif
set formatoptions+=j
if &listchars ==# 'eol:$'
  set listchars=tab:>\ ,trail:-,extends:>,precedes:<,nbsp:+
endif
if has('langmap') && exists('+langremap') && &langremap
  set nolangremap
endif
if !empty(&viminfo)
  set viminfo^=!
endif
