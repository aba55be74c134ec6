/** The words about keeping the journal on the home screen, room on the phone, and staying. */
export const install = {
  title: "On your home screen",
  about: "It then opens like any other app, also without a network.",
  keeps: "The phone is also less likely to clear what waits here.",
  neutral: "Its name there is Journal. Nothing on the icon says what it is for.",
  here: "You are using it from the home screen now.",
  done: "It is on the home screen now.",
  add: "Add it now",
  addAbout: "Your browser will ask once more.",
  yours: "This device",
  others: "Other devices",
  own: "On an iPhone or iPad the home screen app starts empty. Open it and sign in once. What is saved comes back.",
  unsent: "Something here is not sent yet. Go online with this page first, so that it is saved.",
  names: {
    apple: "iPhone or iPad",
    android: "Android",
    computer: "Computer",
  },
  steps: {
    apple: [
      "Open this page in Safari.",
      "Tap Share, the square with an arrow.",
      "Scroll down and tap Add to Home Screen.",
      "Tap Add.",
    ],
    android: [
      "In Chrome, tap the three dots at the top.",
      "Tap Add to Home screen, then Install.",
      "In Firefox or Samsung Internet, open the menu and tap Install, or Add page to.",
    ],
    computer: [
      "In Chrome or Edge, use the small screen sign at the end of the address line.",
      "In Safari, open the File menu and choose Add to Dock.",
      "In Firefox, keep it as a bookmark.",
    ],
  },
  back: "Back",

  ask: {
    title: "Would you like this on your home screen?",
    about: "It then opens like any other app, also without a network.",
    show: "Show me how",
    notNow: "Not now",
    later: "You find this again under This phone.",
  },

  room: {
    title: "Room on this phone",
    kept: "This browser keeps what is here until you sign out.",
    unkept:
      "This browser may clear what is here when room runs short, or after some weeks without a visit. What is saved stays at your clinic’s server.",
    unknown: "This browser does not say how long it keeps what is here.",
    ask: "Ask it to keep this",
    asked: "It did not agree. The home screen often helps.",
    used: (used: string) => `The journal uses ${used} here.`,
    little: "Little room is left here.",
    help: "Free some room on the phone: pictures, films or apps you no longer need. What you wrote stays.",
    bar: "This phone has little room left.",
    look: "What helps",
    home: "How to put it on the home screen",
  },
} as const;
