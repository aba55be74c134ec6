/**
 * The words passphrases are made of: plain, short, of calm things, and no two that sound alike.
 * Fetched when a passphrase is made. Six of them, picked evenly, are more than 62 bits.
 */
const ALL = `
able about above accent acorn across actor adapt add afford afternoon again age agree ahead
air airy album alley almond almost along aloud alpine always amber among ample anchor angle
ankle annual answer anthem antique apart apple apricot april apron arctic area arena argue
aroma around arrange arrive arrow art artist ash aside ask asleep aspen atlas attic autumn
avenue average awake away awning baby back bacon badge bag bagel baker balance balcony ball
ballad balloon bamboo banana band banjo bank banner barber bargain barley barn barrel base
basic basil basin basket bath battery bead beak beam beard beaver bed begin behind beige bell
belong below belt bench bend beside best better between beyond bicycle big bike birch bird
birth biscuit bison black blanket blend blink block bloom blossom blouse boat boil bonnet book
boot border borrow bottle bottom bounce bowl box bracket braid branch brass brave breeze brew
brick bridge brief bright bring brisk broad bronze brook broom brother brown brush bubble
bucket buckle bud buffalo buggy build bulb bundle bunny bush busy butter button buzz cabbage
cabin cable cactus cake calendar calf call calm camel camera camp canal canary candle candy
canoe canopy canvas canyon cap cape captain car caramel caravan card cardinal cargo carol
carpet carrot carry cart carve case cash castle cat catalog catch cattle cave cedar celery
cellar cello cement center central ceramic chain chair chalk champion change channel chapel
chapter charcoal charm chart chat cheap check cheek cheese cherry chess chest chestnut chew
chicken chief child chili chime chimney chin chip chocolate choice choir choose chorus cider
cinema cinnamon circle circus citrus city clam clap clarinet class clay clean clear clerk
clever cliff climate climb clip cloak clock cloth cloud clover club coach coal coast coat
cobalt cocoa coconut coffee coin collar collect color column comb comedy comet comfort comic
common compass concert cone content contest cook cookie cool copper copy coral cork corn
corner correct cosmos costume cotton couch count country couple cousin cover cow cozy cradle
craft crane crater crayon cream credit creek crew cricket crisp crocus crop crow crowd crown
crumb crust crystal cube cuckoo cucumber cup cupboard curl curry curtain curve cushion custom
cycle daily dairy daisy dance dandelion dapper dark dash data date daughter dawn day deal
decade december decide deck deep degree delight delta denim dense depot depth design desk
detail device dial diamond diary dice diet differ dig digital dimple dinner dipper direct dish
distant dive divide dock dolphin dome donkey door dot double dough dove down dozen draft drama
draw drawer dream dress drift drive drizzle drop drum dry duck duet dune dusk dust duty eager
eagle ear early earth easel east easy eat echo edge edit effort egg either elbow elder elect
elegant elephant elevator elk elm ember emerald enamel engine enjoy enough enter entry
envelope equal era errand essay even evening event every exact example exit expert explain
explore extra eye fabric face fact factory fairy faith falcon fall family famous fan fancy far
farm fashion fast father favor feather february feel fence fern ferry festival few fiber
fiddle field fifteen fifty fig figure file fill film final finch fine finger finish fire firm
first fit five flag flame flannel flat flavor flax fleece flight flint float flock floor flow
fluent flute foal foam focus fog fold folk follow food foot forest fork form forty forward
fossil fountain fox frame freckle free fresh friday friend frog front frost fruit fudge full
fun fund funny future gadget galaxy gallery gallon game garage garden garlic garment gather
gazelle gem gentle genuine geyser giant gift ginger giraffe give glacier glad glass glaze
glide glimmer globe glove glow glue goal goat gold golden golf gondola good goose gorge grace
grade grain grand granite grape graph grass gravel gravy gray green greet grid grin grocery
groove ground group grove grow guess guide guitar gull gum habit half hammock hamster hand
handle handy happen happy harbor hardy harmony harp harvest hat haven hawk hay hazel head heap
hearth heat heather hedge height helmet help hen herb herd heron hill hinge history hobby
hockey hold holiday hollow holly home honest honey hood hoof hoop hope horizon horn horse host
hotel house hover huge hum human humble humor hundred hut hyphen ice icon idea igloo image
inch index indigo indoor infant inform ink inlet inn insect inside invent invite iris iron
island item ivory ivy jacket jaguar jam january jar jasmine jay jeans jelly jewel jigsaw job
join joke jolly journey joy jug juice july jumble jump june jungle junior juniper just kale
kangaroo kayak keen keep kennel kettle key keyboard kind king kiosk kitchen kite kitten kiwi
knee knit knob knock koala label lace ladder ladle lady lake lamb lamp land lane language
lantern lap large lark last latch late later lattice laugh laundry laurel lavender lawn layer
leaf league lean learn leather ledge left legend lemon lend length lentil lesson letter
lettuce level library lid life lift light like lilac lily lime linen link lion list listen
little live lively lizard llama loaf lobby local locket lodge loft logic long look loop lotus
loud love low loyal luck lucky luggage lunar lunch lyric machine magic magnet magpie major
make mallow mammal mango mantle manual many maple marble march margin marina mark market
maroon marsh martin master match mattress meadow meal mean measure medal medium mellow melody
melon member memory mention menu merit mermaid merry metal meteor method middle mild mile milk
mill million mimic mineral mint minute mirror mist mitten mix mobile model modern modest
moment monday money monkey month moon moose morning mosaic moss most moth mother motion motor
mountain mouse move movie muffin mug mulberry museum mushroom music mustard mystery name
napkin narrow nation native nature navy near neat neck needle neighbor nephew nest net news
next nice nickel niece nine noble noise noodle noon normal north nose note notice november
number nut nutmeg nylon oak oasis oat object ocean october octopus odd offer office oil old
olive omelet onion onward onyx opal open opera orange orbit orchard orchid order organ origin
osprey otter ounce outdoor outer oval oven owl own oxygen oyster pace pack paddle page paint
pajama palace palm pan panda panel pansy paper parade parcel park parrot parsley part partner
party pass pasta pastel pastry patch path patio pattern pea peacock peak peanut pearl pebble
pecan pelican pen pencil penguin penny people pepper perfect perfume period person phone photo
phrase piano pick picnic picture pie pier pigeon pillow pilot pin pine pink pipe pitcher place
plaid plan planet plank plant plate play plaza please plenty plot plow plus pocket poem poet
point polar polish polite pond pony pool poplar poppy porch port portrait post postcard pot
potato pottery powder practice prairie present pretty pretzel price prime print prism prize
profit program project proof proper proud public pudding puddle pulley pulp pulse pumpkin
pupil puppet puppy pure purple purse puzzle pyramid quail quality quarter quartz queen
question quick quiet quill quilt quince quiz quote rabbit raccoon race radar radio radish raft
rail rainbow raisin rally ranch range rapid rare raspberry rate raven ray reach ready real
rebuild recipe record reed reef reflect region relax relay rely remain remember remind rent
repair repeat reply report reserve result return review reward rhyme ribbon rice rich riddle
ride ridge ripe ripple rise river roast robe robin robot rock rocket roof room root rope
rosemary round route royal ruby rug rule ruler run runway rural rust rustic saddle safari safe
saffron sage sailor salad salmon salon salt same sample sand sandal sandwich sapphire satin
saturday saucer save scale scarf scene school science scooter score scout screen script search
season seat second seed select senior sense sentence september sequel serve seven several
shade shadow shape share sharp shawl shed sheep sheet shelf shell shelter shine ship shirt
shoe shop short shoulder shovel show shower shrimp shrub shuffle shy side sign silent silk
silver simple sing single sink sister sit six size skate sketch ski skill skirt sky slate sled
sleep sleeve slice slide slim slipper slope slow small smart smile smooth snack snail snow
soap soccer social sock soda sofa soft soil solar solid solo song soon sort sound soup south
space spare spark sparrow speak special speech speed spend spice spin spinach spiral splash
sponge spoon sport spot spread spring sprout spruce square squash squirrel stable stadium
staff stage stamp stand star start state station statue stay steady steam stem step stereo
stew still stitch stock stone stool store stork storm story stove straw stream street stretch
string stripe strong studio study style subway sugar suit suitcase summer summit sunday sunny
sunset supper supply surf surface surprise swallow swan sweater sweet swift swim swing switch
symbol syrup system table tablet tackle tadpole tailor take talent talk tall tame tan tandem
tango tape target tart task taste taxi teach team teapot telescope temple ten tender tennis
tent term terrace text textile thank theater theme theory thick thimble thing think third
thirty thistle thread three thumb thursday ticket tidy tie tiger tile timber tin tiny title
toast today together tomato tomorrow tone tool tooth top topaz topic tortoise total touch tour
towel tower town toy track tractor trade tradition traffic trail train tram travel tray
treasure treat tree trellis trend tribe trick trim trio trolley trophy trout truck true
trumpet trunk trust truth try tuba tube tuesday tulip tune tunnel turkey turn turnip turtle
tutor tweed twelve twenty twice twig twin twine type umbrella uncle under uniform union unique
unit update upper upward use useful usual vacant valley value vanilla vapor variety vase vast
vault vegetable velvet verb verse vest view villa village vine vintage vinyl viola violet
violin visit visitor vivid voice volume vote voyage wagon walk wall wallet walnut waltz warm
wash watch water wave wax weather weave wednesday welcome west wheat wheel whisk whisper
whistle white wide wild willow wind window wing winter wise wish wonder wool word work world
worth woven wren wrist yard yarn year yellow yes yesterday yogurt young zebra zero zigzag zinc
zone zoo
`;

export const WORDS: readonly string[] = ALL.trim().split(/\s+/);

/** Six words, each as likely as any other. */
export function sixWords(): string {
  return Array.from({ length: 6 }, () => WORDS[below(WORDS.length)]).join(" ");
}

/** An even number below `count`: what would tip the scales is thrown away. */
function below(count: number): number {
  const most = Math.floor(2 ** 32 / count) * count;
  for (;;) {
    const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (number < most) return number % count;
  }
}
