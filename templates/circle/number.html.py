BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Is this still your number?') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Is this still your number?') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXX
     gettext(u'Nobody has used it here for half a year, and numbers change hands. Two answers, and your matters are open again.') 
  XXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    BBB BBBBB BB BBBBBBBBBB
    XX XXXXXXXXXXXXXXXXXXXX gettext(u'Continue') XXXXXXXXXXXXX
  XXXXXXX
   gettext(u'Not your matters, or you do not know? A clerk releases the number at the window.') 
  BBBBBBB BBBBBBBBBBBBBB
BBBBBBBB BBBBBBB
