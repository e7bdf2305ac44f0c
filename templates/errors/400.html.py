BBBBBBB BBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'This request cannot be read') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'This request cannot be read') XXXXX
  XXX gettext(u'Something in the address or the form is not as it should be. Go back and try again.') XXXX
BBBBBBBB BBBBBBB
