BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Sign in with a code from a clerk') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Sign in with a code from a clerk') XXXXX
  XXX
     gettext(u'At the window or on the phone a clerk gives you a code once they know that it is you.') 
  XXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Sign in') XXXXXXXXX
      XX XXXXXXXX gettext(u'Sign in with my mobile number') XXXX
    XXXX
  XXXXXXX
   gettext(u'The code does not work? Ask for a new one: each is good for one sign-in only.') 
  BBBBBBB BBBBBBBBBBBBBB
BBBBBBBB BBBBBBB
