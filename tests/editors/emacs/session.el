;;; session.el --- What a user does in Emacs with eglot (see ../emacs.sh)  -*- lexical-binding: t -*-

;;; Commentary:
;; Runs in batch mode, after the init file of editors/emacs.  Exits with 0 if every step succeeded.

;;; Code:

(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)

(defvar session-passed 0)
(defconst session-sample (getenv "SAMPLE"))
(defconst session-version (format "%d with eglot" emacs-major-version))

(defun session-fail (what &optional detail)
  (message "FAILED: %s\n%S" what detail)
  (kill-emacs 1))

(defun session-step (what holds &optional detail)
  (unless holds (session-fail what detail))
  (cl-incf session-passed)
  (message "ok: %s" what))

(defun session-seen (feature)
  (let ((file (getenv "SEEN")))
    (when (and file (not (string= file "")))
      (write-region (concat (json-encode `((editor . "Emacs") (version . ,session-version)
                                           (feature . ,feature) (ok . t)))
                            "\n")
                    nil file t 'silent))))

(defun session-eventually (what condition)
  "Wait until CONDITION holds in the current buffer, for a minute at most."
  (let ((end (+ (float-time) 60)) (holds nil))
    (while (and (not (setq holds (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (session-step what holds (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))
    holds))

(defun session-idle ()
  "What Emacs does when nobody types: idle timers don't run in batch mode."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (eglot-managed-p)
        (eglot--signal-textDocument/didChange)
        (flymake-start)))))

(defun session-with-code (code)
  "The diagnostic of the current buffer whose text names the rule CODE."
  (session-idle)
  (cl-find-if (lambda (each) (string-match-p (regexp-quote code) (session-text each)))
              (flymake-diagnostics)))

(defun session-text (diagnostic)
  "What identifies DIAGNOSTIC: its words, and the code that the server gave it."
  (let ((given (cdr (assq 'eglot-lsp-diag (flymake-diagnostic-data diagnostic)))))
    (concat (flymake-diagnostic-text diagnostic) " " (format "%s" (plist-get given :code)))))

(defun session-level (diagnostic)
  "How loudly DIAGNOSTIC is shown."
  (pcase (flymake-diagnostic-type diagnostic)
    ('eglot-error :error)
    ('eglot-warning :warning)
    (_ :note)))

(defun session-open (file)
  (find-file (concat session-sample file))
  (unless (eglot-managed-p)
    (let ((eglot-sync-connect 30))
      (apply #'eglot (eglot--guess-contact))))
  (current-buffer))

(defun session-apply (action)
  (if (fboundp 'eglot-execute)
      (eglot-execute (eglot-current-server) action)
    (eglot--apply-workspace-edit (plist-get action :edit))))

(defun session-fix (diagnostic)
  "The first fix that is offered at DIAGNOSTIC, waited for."
  (let (fix)
    (session-eventually
     "there is a fix"
     (lambda ()
       (setq fix (car (append (eglot-code-actions (flymake-diagnostic-beg diagnostic)
                                                  (flymake-diagnostic-beg diagnostic)
                                                  "quickfix")
                              nil)))))
    fix))

(defun session-has (text)
  (save-excursion (goto-char (point-min)) (search-forward text nil t)))

;; Older versions ask before they write to a file that has no buffer: the user answers yes.
(fset 'y-or-n-p (lambda (&rest _) t))

(session-open "/shop/services/carts.py")
(session-step "the server is attached" (eglot-managed-p))
(session-eventually "the first buffer has its findings before any edit"
                    (lambda () (session-with-code "hidden-dependency")))
(session-seen "first")

(session-apply (session-fix (session-with-code "hidden-dependency")))
(session-step "the constructor takes it" (session-has "carts: CartRepository"))
(with-current-buffer (find-file-noselect (concat session-sample "/shop/api/carts.py"))
  (session-step "the route in another file gives it" (session-has "CartRepository(session)")))
(session-seen "fix-two-files")
(save-some-buffers t)

(session-open "/shop/domain/order.py")
(session-eventually "a second buffer has its own" (lambda () (session-with-code "hidden-import")))
(with-current-buffer (session-open "/shop/domain/price.py")
  (goto-char (point-min))
  (forward-line 1)
  (insert "from shop.domain.order import total\n"))
(with-current-buffer (find-buffer-visiting (concat session-sample "/shop/domain/order.py"))
  (session-eventually "an import typed in one buffer closes a cycle, and another buffer says so"
                      (lambda ()
                        (session-idle)
                        (not (cl-find :warning (flymake-diagnostics) :key #'session-level)))))
(with-current-buffer (find-buffer-visiting (concat session-sample "/shop/domain/price.py"))
  (goto-char (point-min))
  (forward-line 1)
  (delete-region (point) (progn (forward-line 1) (point)))
  (save-buffer))
(session-seen "other")

(switch-to-buffer (find-buffer-visiting (concat session-sample "/shop/domain/order.py")))
(session-eventually "taking it out is seen there too"
                    (lambda () (and (session-with-code "hidden-import")
                                    (eq :warning (session-level (session-with-code "hidden-import"))))))
(session-apply (session-fix (session-with-code "hidden-import")))
(session-step "the import is at the top level" (session-has "\nfrom shop.domain.price import price\n"))
(session-eventually "the finding is gone" (lambda () (not (session-with-code "hidden-import"))))
(session-seen "fix")

(goto-char (point-min))
(forward-line 2)
(insert "import shop.web.forms\n")
(session-eventually "a typed import that breaks a contract is reported"
                    (lambda () (session-with-code "forbidden-import")))
(forward-line -1)
(delete-region (point) (progn (forward-line 1) (point)))
(session-eventually "taking it out clears it" (lambda () (session-idle) (null (flymake-diagnostics))))
(session-seen "typing")

(session-open "/shop/domain/mail.py")
(session-eventually
 "a Protocol has a hover"
 (lambda ()
   (let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover
                                 `(:textDocument (:uri ,(eglot--path-to-uri buffer-file-name))
                                   :position (:line 3 :character 7)))))
     (string-match-p "Smtp" (format "%S" hover)))))
(session-seen "hover")

(session-open "/architrave.toml")
(goto-char (point-min))
(insert "stile = \"clean\"\n")
(session-eventually "a mistake in the configuration is reported in its file" (lambda () (session-with-code "style")))
(undo-boundary)
(session-seen "configuration")

(let ((server (eglot-current-server)))
  (eglot-shutdown server nil 20)
  (session-step "the server ends" (not (jsonrpc-running-p server)))
  (session-seen "stop"))

(message "test result: ok. %d passed; 0 failed (Emacs %s)" session-passed session-version)
(kill-emacs 0)
;;; session.el ends here
