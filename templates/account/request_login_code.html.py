BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Sign in') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Sign in with your mobile number') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    
    
    XX XXXXXXXXXXXX
      XXXXXXXX gettext(u'Send me a code') XXXXXXXXX
      BB BBBBBBBBXX XXXXXXXX gettext(u'I have a code already') XXXXBBBBB
    XXXX
  XXXXXXX
  BB BBBBBBBBBBXX XXXXXXXXXXXX
      XX XXXXXXXXXXXXXX XXXXXXXX gettext(u'Sign in with WeChat') XXXX
    XXXXBBBBB
  XX XXXXXXXXXXXXXX XXXXXXXX gettext(u'I have a code from a clerk') XXXXXXXX
   gettext(u'No mobile phone? A clerk at the window books for you.') 
  BBBBBBB BBBBBBBBBBBBBB
  XX XXXXXXXXXXXX
    XX XXXXXXXX gettext(u'I work here: sign in with e-mail and password') XXXX
  XXXX
BBBBBBBB BBBBBBB
