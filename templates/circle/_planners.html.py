BBBB BBBBBBBBBBB BBBBBBBBBBBBB
XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
  XXX XXXXXXXXXXXXXXXXXXXXXX gettext(u'For planners') XXXXX
  BB BBBBBBBBBBBBBBBBBBBBB
    XXXX XXXXXXXXXXX XXXXXX
      XXX
         gettext(u'Not all places of every required kind are entered yet, so the figures below are lower bounds: it may be better, not worse.') 
      XXXX
    XXXXXX
  BBBBB
  XXX XXXXXXXXXXXXXX
    XXXXX
      XXXX gettext(u'Mean of the ten') XXXXX
      XXXX
        FFFFFFFFFFFFF
        XXXXX XXXXXXXXXXXXXX gettext(u'(for elders %(share)s)') SSSS
            SSSSSS
            SSSSSSSSSSXXXXXXX
      XXXXX
    XXXXXX
    XXXXX
      XXXX gettext(u'Lowest of the ten') XXXXX
      XXXX
        FFFFFFFFFFFFFBB BBBBBBBBBBBBBBBBBBBBBBBBB
          X BBBBB
      XXXXX
    XXXXXX
    XXXXX
      XXXX gettext(u'Every required kind met') XXXXX
      XXXX
         gettext(u'%(share)s of the residents, %(elders)s of the elders') SSSSSSSSS
          SS SSS SSSSSSSSSS SSSSSSSSSS SS SSS SSSSSS
      XXXXX
    XXXXXX
    BBBB BBBBBBBBBBBBBBBBBBBBBBBBBB
      BB BBBBB
        XXXXX
          XXXX gettext(u'Elder-care station') XXXXX
          XXXX
            BB BBBBBBBBBBBBB BB BBBBBB BBB BBBBBBBBBBBBBB
               gettext(u'None within %(limit_minutes)s minutes: such a circle is graded basic at most') SSSS SSSSSS SSSSSSSSSSSSSSSSS SSSSSSSS SSSS S SSSSSS SS SSSSSS
                SSSSS SS SSSS
            BBBB BBBBBBBBBBBBB BB BBBBBB
               gettext(u'not known') 
            BBBB
               gettext(u'within %(limit_minutes)s minutes of %(share)s of the residents; without it a circle is graded basic at most') SSSSSS
                SSSSSSSSSSSSSSSSS
                SSSSSSS SS
                SSSSSSSSS SS SSS SSSSSSSSSS SSSSSSS SS S SSSSSS SS SSSSSS SSSSS SS
                SSSS
            BBBBB
            XXXXX XXXXXXXXXXXX XXXXXX gettext(u'unverified') XXXXXXX
          XXXXX
        XXXXXX
      BBBBB
    BBBBBBB
    XXXXX
      XXXX gettext(u'Mean way of a home') XXXXX
      XXXX
         gettext(u'%(minutes)s minutes over the required kinds, none counted above 30') SSSSSSSSSSS SSSSSSS
          SSSS SSS SSSSSSSS SSSSSS SSSS SSSSSSS SSSSS SS
      XXXXX
    XXXXXX
    XXXXX
      XXXX gettext(u'Inequality (Gini)') XXXXX
      XXXX
        FFFFFFFFFFFFF
        XXXXX XXXXXXXXXXXXXX gettext(u'(by elders %(gini)s; 0: all homes alike)') SSS
            SSSSSS
            SSSSSSSSS SS SSS SSSSS SSSSSSXXXXXXX
      XXXXX
    XXXXXX
    XXXXX
      XXXX gettext(u'Counted') XXXXX
      XXXX
         gettext(u'%(homes)s buildings, %(residents)s residents, %(elders)s of them 60 or older') SSSSSSSSS
          SSSSSSSSSS SSSSSSSSSSSSS SSSSSSSSSS SSSSSSSSSS SS SSSS SS SS SSSSSXXXX
         gettext(u'%(open)s places open then, %(shut)s closed, %(unknown)s without opening hours (not counted)') SSSSSSSS
          SSSSSS SSSS SSSSS SSSSSSSS SSSSSSS SSSSSSSSSSS SSSSSSS SSSSSSS SSSSS SSSS
          SSSSSSSS
      XXXXX
    XXXXXX
  XXXXX
  XXX XXXXXXXXXXXXXXXXXXXXXXXX gettext(u'By dimension') XXXXX
   gettext(u'Dimension') 
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBB
  XXXXXXXXX
    XXXXXXXX XXXXXXXXXXXXXXXXXXX gettext(u'By kind') XXXXXXXXXX
     gettext(u'Kind') 
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBB
  XXXXXXXXXX
  XX XXXXXXXXXXXX XXXXXXX
     gettext(u'–: not shown, because it would single out fewer than ten people.') 
  XXXX
  XXX XXXXXXXXXXXXXXXXXX gettext(u'Gaps against the standards') XXXXX
  XXX
     gettext(u"A radius is measured along the way on foot; minutes and metres are two separate findings. A norm marked unverified has not been compared with the standard's own text.") 
  XXXX
  BB BBBBBBBBBBBBBBBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBB
    BB BBBBBBBBBBBBBBBBB
      XXXXXXXXX
        XXXXXXXX XXXXXXXXXXXXXXXXXXX
           ngettext(u'%(count)s more', u'%(count)s more', count) SSSSSSSSS
            SSSSPPPPPPPPP PPPP
        XXXXXXXXXX
        BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBB
      XXXXXXXXXX
    BBBBB
  BBBB
    XX XXXXXXXXXXXXXX gettext(u'None among the kinds whose places are all entered.') XXXX
  BBBBB
  BB BBBBBBBBBB
    XX XXXXXXXXXXXX XXXXXXX
       ngettext(u'%(few)s more gap concerns fewer than ten residents.', u'%(few)s more gaps concern fewer than ten residents each.', count) SSSSSSS SSSS SSS SSSSSSSS SSSSS SSSS SSS
        SSSSSSSSSSPPPPPPP PPPP PPPP PPPPPPP PPPPP PPPP PPP PPPPPPPPP
        PPPPP
    XXXX
  BBBBB
  BB BBBBBBBBBBBBBBBBBBB
    XXXXXXXXX
      XXXXXXXX XXXXXXXXXXXXXXXXXXXXX
         ngettext(u'%(count)s norm that nobody can judge yet', u'%(count)s norms that nobody can judge yet', count) SSSSSSSSS SSSS SSSS SSSSSS SSS
          SSSSS SSSPPPPPPPPP PPPPP PPPP PPPPPP PPP PPPPP PPP
      XXXXXXXXXX
      XXX
         gettext(u'Nobody has confirmed that all places of these kinds are entered. A place may exist and only be missing here.') 
      XXXX
      BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB
    XXXXXXXXXX
  BBBBB
  XXXX gettext(u'All figures as tables') XXXXX
  XXX XXXXXXXXXXXXXXXXX
    BBB BBBB BB BBBBBB
      XXXX
        BB BBBB BB BBBBBBBBB
           gettext(u'Figures of the community') 
        BBBB BBBB BB BBBBBBBBBBBB
           gettext(u'By dimension') 
        BBBB BBBB BB BBBBBBB
           gettext(u'By kind') 
        BBBB BBBB BB BBBBBB
           gettext(u'Gaps against the standards') 
        BBBB
           gettext(u'By building') 
        BBBBBX
        XX XXXXXXBBB BBBBBBBBBBBBBBBB BBBB BBBBBXXXXXXXXXXXXXXXXX
        XXXXXXXX
        XX XXXXXXBBB BBBBBBBBBBBBBBBB BBBB BBBBBBXXXXXXXXXXXXXXXXX
        XXXXXXXXX
      XXXXX
    BBBBBB
  XXXXX
  XX XXXXXXXXXXXX XXXXXXX
     gettext(u'Worked out on %(day)s, %(time)s.') SSSSSS
      SSS SS
      SSSSSSSS SSSSSSSSS
    BB BBBBBBBBBBBBBBB
       gettext(u'Streets: %(name)s %(date)s, walk filter %(filter)s.') SSSSSSSS
        SSSSSSSS SSSSSSSSS SSSS SSSSSS SSSSSSSSSSS
      BB BBBBBBBBBBBBBBBBBBBBBBBBBBB
         gettext(u'Streets of the demo, drawn for this project') 
      BBBB
        
      BBBBB
    BBBBB
    BB BBBBBBBBBBBBBBBBBBBB
      XXXXX XXXXXXXXXXXX XXXXXXX gettext(u'estimate') XXXXXXX
       gettext(u'Where no street is known, the way is the straight line times 1.3.') 
    BBBBB
     gettext(u'Standards:') 
    XXXXX XXXXXXXXXXXXXXXFFFFFFFFXXXXXXX
  XXXX
XXXXXXXXXX
