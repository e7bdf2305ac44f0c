BBBB BBBBBBBBBBB
XXX XXXXXXXXXXXXXXXXXXX gettext(u'From which buildings it is near') XXXXX
XXXX XXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
  XXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
    XXXXXXX
      XXXX
        XXX XXXXXXXXXXXX gettext(u'On foot') XXXXX
        XXX XXXXXXXXXXXX gettext(u'at planning pace') XXXXX
        XXX XXXXXXXXXXXX gettext(u'slowly') XXXXX
      XXXXX
    XXXXXXXX
    XXXXXXX
      BBB BBBB BB BBBBBBBBBBB
        XXXX
          XXX XXXXXXXXXXXX
             gettext(u'within %(limit)s minutes') SSSSSS SSSSSSSSS
              SSSSSSS
          XXXXX
          XXXX
             gettext(u'%(some)s of %(all)s buildings') SSSSSSSS SS SSSSSSS
              SSSSSSSSS
          XXXXX
          XXXX
             gettext(u'%(some)s of %(all)s buildings') SSSSSSSS SS SSSSSSS
              SSSSSSSSS
          XXXXX
        XXXXX
      BBBBBB
    XXXXXXXX
  XXXXXXXX
XXXXXX
BB BBBBBBBBBBB
  XXXXXXXXX
    XXXXXXXX XXXXXXXXXXXXXXXXXXX gettext(u'Building by building') XXXXXXXXXX
    XXXX XXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXXX
        XXXXXXX
          XXXX
            XXX XXXXXXXXXXXX gettext(u'Building') XXXXX
            XXX XXXXXXXXXXXX gettext(u'at planning pace') XXXXX
            XXX XXXXXXXXXXXX gettext(u'slowly') XXXXX
          XXXXX
        XXXXXXXX
        XXXXXXX
          BBB BBBB BB BBBBBBBBBBB
            XXXX
              XXX XXXXXXXXXXXXXXXXX
              XXXXFFFFFFFFFFFFFXXXXX
              XXXXFFFFFFFFFFFFFXXXXX
            XXXXX
          BBBBBB
        XXXXXXXX
      XXXXXXXX
    XXXXXX
  XXXXXXXXXX
BBBBB
XX XXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBXX gettext(u'How we count') XXXXXXXX
