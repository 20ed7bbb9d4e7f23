;;; losslint.el --- losslint in compilation buffers  -*- lexical-binding: t -*-
;;; Commentary:
;; Load this file, then:  M-x compile RET losslint check --format concise --quiet . RET
;; Columns are characters: (setq compilation-error-screen-columns nil) makes Emacs count them so.
;;; Code:

(require 'compile)

(add-to-list
 'compilation-error-regexp-alist-alist
 '(losslint
   "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(info\\)\\)\\[[a-z0-9-]+\\]: "
   1 2 3 (4 . 5)))
(add-to-list 'compilation-error-regexp-alist 'losslint)

(provide 'losslint)
;;; losslint.el ends here
