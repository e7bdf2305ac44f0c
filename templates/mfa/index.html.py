BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'How I sign in') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'How I sign in') XXXXX
  XXX
     gettext(u'After the password comes a second step: a code that an app on your phone shows, or a passkey.') 
  XXXX
  XXXX gettext(u'App with codes') XXXXX
  BB BBBBBBBBBBBBBBBBBBB
    XXX
       gettext(u'It is set up.')  XX
        XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBX
      X gettext(u'Remove it') XXXX
    XXXX
  BBBB
    XXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBXX gettext(u'Set it up') XXXXXXXX
  BBBBB
  XXXX gettext(u'Passkeys') XXXXX
  XXXX
    BBB BBB BB BBBBBBBBBBBBBBBBBBBBBBB
      XXXX
         X XX
          XXXXXXBBB BBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBX
        X gettext(u'Remove it') XXXX
      XXXXX
    BBBBBB
  XXXXX
  XXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBXX gettext(u'Add a passkey') XXXXXXXX
  BB BBBBBBBBBBBBBB
    XXXX gettext(u'Recovery codes') XXXXX
    XXX
      XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Show and print them') XXXX
    XXXX
  BBBBB
  XX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBXX gettext(u'Where I am signed in') XXXXXXXX
  XX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBXX gettext(u'To the back office') XXXXXXXX
BBBBBBBB BBBBBBB
