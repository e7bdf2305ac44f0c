BBBBBBB BBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'Too many attempts') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Too many attempts') XXXXX
  XXX
     gettext(u'Too much came from your connection in a short time. Please wait a few minutes and try again.') 
  XXXX
BBBBBBBB BBBBBBB
