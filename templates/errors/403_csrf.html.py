BBBBBBB BBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'The form was open too long') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'The form was open too long') XXXXX
  XXX
     gettext(u'For your safety the form must be sent again. Go back, your entries are still there, and press the button once more.') 
  XXXX
BBBBBBBB BBBBBBB
