" A compiler for Vim: save it as ~/.vim/compiler/losslint.vim, then  :compiler losslint  and  :make .
" %c counts bytes and losslint counts characters: on a line with other than ASCII before the place, the cursor is early.

if exists("current_compiler")
  finish
endif
let current_compiler = "losslint"

CompilerSet makeprg=losslint\ check\ --format\ concise\ --quiet
CompilerSet errorformat=%f:%l:%c:\ %t%*[a-z]%m
