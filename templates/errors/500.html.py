BBBBBBB BBBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'Something went wrong on our side') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Something went wrong on our side') XXXXX
  XXX
     gettext(u'It is not your fault, and nothing was half-done. Please try again in a few minutes, or phone us.') 
  XXXX
  XX XXXXXXXXXXXXXX XXXXXXXXX gettext(u'To the home page') XXXXXXXX
BBBBBBBB BBBBBBB
