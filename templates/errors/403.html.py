BBBBBBB BBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'This page is not for you to open') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'This page is not for you to open') XXXXX
  XXX gettext(u'You are signed in, but this belongs to someone else or to another post.') XXXX
BBBBBBBB BBBBBBB
