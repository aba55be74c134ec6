/** Words that open a sealed copy: made here, or the person's own. */

/** Two hundred and fifty-six short words that are hard to mistake for each other. */
const WORDS = `
acorn actor alarm album almond amber anchor angle apple apron arrow aspen atlas attic autumn badge
bagel ballad bamboo banjo barley barn basil basket beach beaver bench berry birch biscuit blanket
blossom boat bonnet border bottle boulder bowl bread breeze brick bridge broom brush bucket butter
cabin cactus camel candle canoe canvas canyon caramel carpet carrot castle cedar cellar chalk
cherry cherub chess chimney cider cinema circle clay clock cloud clover coast cobalt cocoa comet
compass copper coral corner cotton cradle crayon cricket crown crystal curtain cushion daisy denim
desert diamond dolphin donkey drum eagle easel echo elbow ember engine fabric falcon fiddle field
finch flag flannel flute forest fountain fox garden garlic ginger glacier glove goose grain grape
gravel guitar hammer harbour harp hazel hedge helmet heron honey hotel iris island ivory jacket
jasmine jigsaw jungle kettle kitchen kite ladder lagoon lantern lavender lemon lilac linen lobster
locket lotus magnet mango maple marble meadow melon mirror mitten molten mosaic mountain mustard
napkin nectar needle noodle oasis ocean olive onion opal orange orchard otter oyster paddle paper
parcel parsley pearl pebble pencil pepper piano picnic pigeon pillow planet plum pocket pond poppy
postcard potato prairie prism pumpkin puzzle quartz quilt rabbit radio raisin raven ribbon river
rocket rope rose saddle saffron salmon sandal satin saucer scarf shadow sheep shell silver sparrow
spoon spring squash stable stamp station stove sugar summit sunset table teapot temple thistle
thunder ticket timber toast tomato topaz tower train tulip tunnel turnip umbrella valley vanilla
velvet village walnut whistle willow window yoghurt
`
  .split(/\s+/)
  .filter(Boolean);

/** Eight of them are 64 bits, and each guess costs 600,000 rounds: see ADR 0019. */
const HOW_MANY = 8;
/** Shorter ones of a person's own are guessed. */
export const SHORTEST = 15;

export function newPassphrase(): string {
  const dice = crypto.getRandomValues(new Uint8Array(HOW_MANY));
  return Array.from(dice, (number) => WORDS[number % WORDS.length]).join(" ");
}

/** How it counts, however it was typed: one form for each letter, one space between words. */
export const plainly = (typed: string): string =>
  typed.normalize("NFKC").trim().replaceAll(/\s+/g, " ");

export const longEnough = (typed: string): boolean => [...plainly(typed)].length >= SHORTEST;

/** For a test that counts them. */
export const wordCount = WORDS.length;
