BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBB
BBBBB BBBBBBBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBXXBBBB BBBBBB gettext(u'My circle') XXXX
  XXXXXXXXX
  XXXX gettext(u'In use now') XXXXX
  BB BBBBBBB
    XXX XXXXXXXXXXXXXX
      XXXXX
        XXXX gettext(u'Streets') XXXXX
        XXXX
          BB BBBBBBBBBBBBBBBBBBB
             gettext(u'Streets of the demo, drawn for this project') 
          BBBB
            BB BBBBBBBBBBBBBBBBBBBXXXXBBBBB
          BBBBB
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Date of the source') XXXXX
        XXXX
          BB BBBBBBBBBBBBBBBBBFFFFBBBB gettext(u'not known') BBBBB
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Imported') XXXXX
        XXXXFFFFXXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Walk filter') XXXXX
        XXXX
          
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Cycleways') XXXXX
        XXXX
          BB BBBBBBBBBBBBBBBBBBBBB gettext(u'count as ways on foot') BBBB gettext(u'do not count') BBBBB
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Wait at a crossing') XXXXX
        XXXX
           ngettext(u'%(seconds)s second', u'%(seconds)s seconds', count) SSSSSSSSSSS
            SSSSSSPPPPPPPPPPP
            PPPPPPP
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Fingerprint of the network (SHA-256)') XXXXX
        XXX XXXXXXXXXXXXXXXXXX
      XXXXXX
    XXXXX
  BBBB
    XX XXXXXXXXXXXXX
       gettext(u'No streets are imported yet, so all minutes are estimates.') 
    XXXX
  BBBBB
  
BBBBBBBB BBBBBBB
