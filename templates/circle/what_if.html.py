BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB BBBBBBBBBBBBB
BBBBB BBBBB gettext(u'What would a new place change?') BBBBBBBB
BBBBB BBBBXXXXXXX XXXXXBBBBBB BBBBBBBBBBBBX XXXXXXXXXXXXXXXBBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBXXBBBB BBBBBB gettext(u'Is our circle complete?') XXXX
  XXXX gettext(u'What would a new place change?') XXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBB
  BB BBBBB
    XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXXXXXXXX
         gettext(u'%(kind)s · %(where)s') SSSSSSSS S
          SSSSSSSSS
      XXXXX
      XX XXXXXXXXXXXXXX
        X BB BBBBBBBBBBBBBBBBBBBBBBBXXXX
           gettext(u'%(place)s moves there.') SSSSSSSSS SSSSS
            SSSSSSBBBBB
      XXXX
      XXXX XXXXXXXXXXXX
        XXXXXBBBBBBB BBBBBBBBBBBBBBBBBBBBXXXXXX
        XXXXX
           gettext(u'Minutes to the nearest place of this kind, with the new one') 
          BBBBBBB BBBBBBBBBBBBBBBBBBB
        XXXXXX
      XXXXXX
      BB BBBBBBBBBBBBBBBBBBBBB
        XXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBXX
          BBBBBBBBBB
          BBB BBBBB BB BBBBBBBBBB
          XX XXXXXXXXXXXX
            XXXXXXXX gettext(u'Save it and get a link') XXXXXXXXX
            XXXXX XXXXXXXXXXXXXX gettext(u'The link can go to the council with your topic.') XXXXXXX
          XXXX
        XXXXXXX
      BBBB
        XX XXXXXXXXXX XXXXXXXXXX
          XX
            XXXXXXXXXXXXXX
            XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBXXXXXXFFFFFFFFFX
          X gettext(u'Sign in to save it') XXXX
          XXXXX XXXXXXXXXXXXXX gettext(u'The link can go to the council with your topic.') XXXXXXX
        XXXX
      BBBBB
    XXXXXXXXXX
  BBBBB
  BB BBBBB BB BBB BBBB
    XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXXXXXXXXXX
         gettext(u'Best sites for: %(kind)s') SSSS SSSSS SSSS
          SSSSSSSS
      XXXXX
      BB BBBBB
        XXX XXXXXXXXXXXXXX
          BBB BBBB BB BBBBB
            XXXX
              XXXXXXXXXXXXXXXXX
               ngettext(u'brings %(homes)s building within %(limit_minutes)s minutes, residents %(residents)s', u'brings %(homes)s buildings within %(limit_minutes)s minutes, residents %(residents)s', count) SSSSSS
                SSSSSSSSS SSSSSSSS SSSSSS SSSSSSSSSSSSSSSSS SSSSSSSS SSSSSSSSS
                SSSSSSSSSSSSSPPPPPP
                PPPPPPPPP PPPPPPPPP PPPPPP PPPPPPPPPPPPPPPPP PPPPPPPP PPPPPPPPP
                PPPPPPPPPPPPP
              XX XXXXXXXXXXXX
                XX
                  XXXXXXBBB BBBBBBBBBXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
                X gettext(u'See all that it changes') XXXX
              XXXX
            XXXXX
          BBBBBB
        XXXXX
        XX XXXXXXXXXXXX XXXXXXX
           gettext(u'Each site is the one that brings in most people beside those before it. This is never far from the best choice of all.') 
        XXXX
      BBBB
        XX XXXXXXXXXXXXX
           gettext(u'No candidate site brings a further home within %(limit_minutes)s minutes.') SS SSSSSSSSS SSSS SSSSSS S SSSSSSS SSSS SSSSSS SSSSSSSSSSSSSSSSS
            SSSSSSSS
        XXXX
      BBBBB
    XXXXXXXXXX
  BBBBB
  XXXXXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
    XXX XXXXXXXXXXXXXXXXXX
      BB BBBBB BB BBBBB BB BBB BBBB gettext(u'Try something else') BBBB gettext(u'Your proposal') BBBBB
    XXXXX
    XXXXX XXXXXXXXBBB BBBBBBBBBX XXXXXXXXXXX
      
      
      BBBBBBB BBBBBBBBBBBBBBBBBBB
      XXXXXXXX BB BBBBBBBBBBBBBBBBBBBBB BB BBBBBBBBBBBBBBBB BB BBBBBBBXXXXBBBBBX
        XXXXXXXXX gettext(u'A point of my own') XXXXXXXXXX
        
        
        
      XXXXXXXXXX
      XXXXXXXX BB BBBBBBBBBBBBBBBB BB BBBBBBBBBBBBBBBBBXXXXBBBBBX
        XXXXXXXXX gettext(u'Moving a place') XXXXXXXXXX
        
      XXXXXXXXXX
      
      
      XX XXXXXXXXXXXXXXXXXXXX gettext(u'Try it out') XXXXXXXXXXXXX
      XX XXXXXXXXXXXX
         gettext(u'Or look for the best candidate sites:') 
        BBB BBBBBB BBBBB BB BBBBBBBBBBBBBBBBBBBBBBBB
          XXXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXX
             ngettext(u'%(count)s site', u'%(count)s sites', count) SSSSSSSSS SSSSPPPPPPPPP
              PPPPP
          XXXXXXXXX
        BBBBBB
      XXXX
    XXXXXXX
  XXXXXXXXXX
BBBBBBBB BBBBBBB
