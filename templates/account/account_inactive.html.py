BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'This login is closed') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'This login is closed') XXXXX
   gettext(u'Nobody can sign in with it at present. If you think that this is a mistake, tell us.') 
  BBBBBBB BBBBBBBBBBBBBB
BBBBBBBB BBBBBBB
