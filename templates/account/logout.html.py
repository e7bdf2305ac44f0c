BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Sign out') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Sign out?') XXXXX
  XXX gettext(u'On a device that others use too, sign out when you are done.') XXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBB
BBBBBBBB BBBBBBB
