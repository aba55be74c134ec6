"""Names to sign in with: two words and a number, easy to say on a phone and to copy from a card.

Plain things outdoors and indoors, nothing of bodies, moods or treatment: a card may lie about.
"""

from collections.abc import Callable

_FIRST = (
    "amber autumn birch blue bright brown calm cedar clear cloudy cool copper coral cotton cream "
    "dawn deep early east evening fern field fine flint fresh garden gentle gold grand granite "
    "green grey hazel high holly indigo inland iron ivory ivy jade lake large late lemon level "
    "light lilac lime linen little long lower maple marble meadow mellow mild mint misty morning "
    "narrow near new night noon north oak ocean olive open orange outer oval paper pearl pine "
    "plain plum poplar quiet rainy red river rose round royal ruby rural russet sage salt sandy "
    "scarlet sea sepia shady shallow silver slate slow small smooth snowy soft south spring square "
    "steady stone summer sunny tall tidal upper velvet violet warm west white wide willow windy "
    "winter wooden woollen yellow"
)

_SECOND = (
    "anchor apple apron arch atlas badge barn basin basket bay beach bell bench berry bicycle boat "
    "book boot bottle bowl branch brick bridge brook broom brush bucket button cabin cable candle "
    "canoe canyon cap cart castle chair chalk cherry clock cloud coat comet compass cottage cove "
    "creek cup curtain daisy desk door drum duck dune feather fence ferry fiddle flag flask flute "
    "forest fountain fox gate glove goose grove hammer harbour harp hat hedge heron hill hinge "
    "house inlet island jacket jar kettle kite ladder lamp lantern leaf ledge lemon lighthouse "
    "locket map market mill mitten moon mountain museum nest notebook orchard otter owl paddle "
    "parcel park path pebble pencil piano pillow pocket pond porch puzzle quilt radio raft rail "
    "ribbon road robin roof sail scarf shell ship shore shovel sparrow spoon stairs station stove "
    "street sun table teapot tent thimble tower train tree tulip tunnel valley wagon wall "
    "watch wave whistle window"
)

FIRST, SECOND = tuple(_FIRST.split()), tuple(_SECOND.split())
NUMBERS = range(100, 1000)


def make(below: Callable[[int], int]) -> str:
    """A name such as `maple-kettle-417`.

    :param below: a random number from 0 up to what it is given.
    """
    number = NUMBERS[below(len(NUMBERS))]
    return f"{FIRST[below(len(FIRST))]}-{SECOND[below(len(SECOND))]}-{number}"
