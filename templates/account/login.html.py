BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Staff sign in') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Staff sign in') XXXXX
  BB BBBBBBBBBBBBBBBBBBBBB
    XXXX XXXXXXXXXXXXX
      XXX
         gettext(u'You are signed in, but the back office opens only to staff who come with their password.') 
      XXXX
    XXXXXX
  BBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    
    
    
    XX XXXXXXXXXXXXXXXXXXXX gettext(u'Sign in') XXXXXXXXXXXXX
  XXXXXXX
  XXX gettext(u'Forgot your password? The director gives you a new one.') XXXX
  XX XXXXXXXXXXXX
    XX XXXXXXXX gettext(u'I live here: sign in with my mobile number') XXXX
  XXXX
BBBBBBBB BBBBBBB
