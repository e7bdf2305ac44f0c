BBBBBBB BBBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'This portal holds no community yet') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'This portal holds no community yet') XXXXX
  XXX
     gettext(u'The site is installed, but no community has been entered. Staff add one in the back office, or load the demo.') 
  XXXX
  XX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBXX gettext(u'To the back office') XXXXXXXX
BBBBBBBB BBBBBBB
