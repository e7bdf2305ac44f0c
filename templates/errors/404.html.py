BBBBBBB BBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'This page does not exist') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'This page does not exist') XXXXX
  XXX gettext(u'The address may be mistyped, or the page has moved.') XXXX
BBBBBBBB BBBBBBB
