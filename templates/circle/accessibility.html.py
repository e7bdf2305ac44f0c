BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Accessibility') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Accessibility') XXXXX
  XXX
     gettext(u'This site should be usable by everyone: with a screen reader, by keyboard alone, in large type, in high contrast, without JavaScript and on old phones.') 
  XXXX
  XXXX gettext(u'What we test') XXXXX
  XXX
     gettext(u'Every page is checked by machine for the rules of WCAG 2.2 at two widths, in both languages and in all looks. Buttons are at least 44 pixels high, 60 in elder mode; text grows to more than twice its size without sideways scrolling.') 
  XXXX
  XXXX gettext(u'What does not work yet') XXXXX
  XXX
     gettext(u'We have not yet tested with people who use screen readers every day. Reading aloud needs a browser that can speak; WeChat on Android cannot.') 
  XXXX
  XXXX gettext(u'Tell us') XXXXX
  XXX
     gettext(u'If something bars your way, phone or come to the window. “Report an error on this page” stands at the bottom of every page.') 
    XX XXXXXXXXXXFFFFF FXXXXXX
  XXXX
BBBBBBBB BBBBBBB
