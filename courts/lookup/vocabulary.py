"""The words of everyday speech that no table of courts has: kinds, nicknames, regions, topics, courts elsewhere."""

from collections.abc import Mapping

# Words of a question that name nothing.
FILLERS = frozenset(
    """a about access account address an any anyone are at attorney be branch building by call called can case cases chief
    clerk clerks closest cm cmecf closest court courthouse courthouses courts date dist distct district districts did division docket document
    documents does do downtown ecf efile efiling electronic federal filing file find from get go going golive has have
    help hi hello how i im is it judge jurisdiction lawyer link linking live locate located location login me move my
    near nearest need new nextgen next office official on online or our pacer paper papers place please portal
    question register serving serves service site state submit system that there thing this to town us united states
    unit using want wants website what whats when where which who someone somebody will with within would you your your in county city
    area region zip code info information phone number help desk avenue ave street road rd blvd
    boulevard suite floor room drive lane highway social security benefits disability tax taxes return claim claims form
    forms fee fees pay payment pays waiver motion motions complaint complaints petition petitions answer response
    deadline deadlines hearing hearings notice notices order orders rule rules local counsel prose prisoner inmate
    plaintiff defendant judges magistrate marshal marshals probation summons subpoena passport naturalization
    citizenship copyright rights employment discrimination time first second third case type types status search
    lookup find finder username password account accounts reset forgot log sign upgrade upgraded legacy release date
    dates live transition conversion moving switch know tell show give much many if but not so does someone's people
    person business company landlord tenant wage wages garnishment lien foreclosure home house mortgage credit card
    hours open handle handles handling covers cover""".split()
)

# Kinds of court. Several words are one entry written together.
KINDS: Mapping[str, tuple[str, ...]] = {
    "bankruptcy": tuple(
        """bankruptcy bankruptcies bankrupt bankr bk bkr bky bkcy chapter7 chapter11
        chapter13 chapter12 chapter9 chapter15 ch7 ch11 ch13 ch12 chap7 chap11 chap13 adversary debtor creditor 341
        341meeting trustee proofclaim insolvency usbc discharge debt debts creditors debtors meetingcreditors
        automaticstay reaffirmation meanstest""".split()
    ),
    "district": tuple(
        """districtcourt distcourt federaldistrictcourt civil criminal trial lawsuit lawsuits usdc felony jury habeas
        section1983 sue suing sued dct""".split()
    ),
    "appellate": tuple(
        """appeals appeal appellate courtappeals circuitcourt circuitcourtappeals uscourtappeals coa usca
        ctapp circuit cir""".split()
    ),
    "bap": tuple("bap bankruptcyappellatepanel appellatepanel bankruptcyappeals bankrappellatepanel".split()),
}

PLAIN_WORDS = FILLERS.union(*KINDS.values())  # what a reason need not repeat

DIRECTIONS: Mapping[str, tuple[str, ...]] = {
    "N": ("northern", "north", "nd", "northerndistrict", "no"),
    "S": ("southern", "south", "sd", "southerndistrict", "so"),
    "E": ("eastern", "east", "ed", "easterndistrict"),
    "W": ("western", "west", "wd", "westerndistrict"),
    "M": ("middle", "mid", "md", "middledistrict"),
    "C": ("central", "cd", "centraldistrict", "cent"),
}

ORDINALS: Mapping[str, tuple[str, ...]] = {
    "1": ("1st", "first", "1"),
    "2": ("2nd", "2d", "second", "2"),
    "3": ("3rd", "3d", "third", "3"),
    "4": ("4th", "fourth", "4"),
    "5": ("5th", "fifth", "5"),
    "6": ("6th", "sixth", "6"),
    "7": ("7th", "seventh", "7"),
    "8": ("8th", "eighth", "8", "eigth"),
    "9": ("9th", "ninth", "9", "nineth"),
    "10": ("10th", "tenth", "10"),
    "11": ("11th", "eleventh", "11"),
    "dc": ("dc", "districtcolumbia"),
    "fed": ("fed", "federal"),
}

CIRCUIT_WORDS = (
    *"circuit circuits cir ca circ circut curcuit circuitcourt circuitcourtappeals courtappeals cca usca".split(),
)

# Older and Bluebook abbreviations of states, beside the USPS code and what the citations carry.
STATE_FORMS: Mapping[str, str] = {
    "AL": "ala alabam", "AZ": "ariz", "AR": "ark", "CA": "cal calif cali", "CO": "colo", "CT": "conn",
    "DE": "del", "FL": "fla flor", "IL": "ill", "IN": "ind", "KS": "kan kans", "KY": "ken kent", "LA": "lousiana",
    "MA": "mass", "MI": "mich", "MN": "minn", "MS": "miss", "MO": "mizzou", "MT": "mont", "NE": "neb nebr",
    "NV": "nev", "NH": "nhamp", "NM": "nmex newmex", "NY": "nyork newyorkstate", "NC": "ncar ncarolina northcarol",
    "ND": "ndak ndakota", "OK": "okla", "OR": "ore oreg", "PA": "penn penna", "PR": "puertorico", "SC": "scar scarolina",
    "SD": "sdak sdakota", "TN": "tenn", "TX": "tex", "VT": "verm", "VA": "virg", "WA": "wash washingtonstate",
    "WV": "wva wvirginia", "WI": "wis wisc", "WY": "wyo", "VI": "usvi usvirginislands virginislands", "MP": "cnmi nmi saipan",
    "HI": "haw", "DC": "districtcolumbia washingtondc",
}  # fmt: skip

# State codes that are also words: read as states only in capitals, after a place, or last.
WORD_CODES = frozenset("in or me hi ok co id al de la oh pa ma as ne no mo ms va wa ga ct mt ar ky il".split())

# Words that no name of a place begins with: "in Diana, Texas" is not Indiana.
LITTLE_WORDS = frozenset("a at court courthouse courts do file for i in is me my near on or to us where".split())
COUNTY_WORDS = frozenset("county parish borough municipio municipality cty".split())

# Those that a sentence has between other words: states only last, or before a kind or a ZIP code.
CONJUNCTIONS = frozenset("in or me no as hi id".split())

# Regions and nicknames: what people say, and the places meant ("County, ST" or "City, ST" after a colon).
NICKNAMES = """
manhattan: New York, NY
nyc: New York, NY; Bronx, NY; Kings, NY; Queens, NY; Richmond, NY
new york city: New York, NY; Bronx, NY; Kings, NY; Queens, NY; Richmond, NY
big apple: New York, NY
wall street: New York, NY
harlem: New York, NY
the bronx: Bronx, NY
bronx: Bronx, NY
brooklyn: Kings, NY
queens: Queens, NY
flushing: Queens, NY
jamaica queens: Queens, NY
staten island: Richmond, NY
long island: Suffolk, NY; Nassau, NY
hamptons: Suffolk, NY
westchester: Westchester, NY
hudson valley: Dutchess, NY; Orange, NY
upstate new york: Onondaga, NY; Monroe, NY
upstate ny: Onondaga, NY; Monroe, NY
capital region ny: Albany, NY
finger lakes: Ontario, NY; Tompkins, NY
silicon valley: Santa Clara, CA
bay area: San Francisco, CA; Alameda, CA
sf bay area: San Francisco, CA; Alameda, CA
san francisco bay: San Francisco, CA; Alameda, CA
sf: San Francisco, CA
frisco ca: San Francisco, CA
east bay: Alameda, CA
north bay: Sonoma, CA
wine country: Sonoma, CA; Napa, CA
napa valley: Napa, CA
la: Los Angeles, CA
l a: Los Angeles, CA
socal: Los Angeles, CA; San Diego, CA
southern california: Los Angeles, CA; San Diego, CA
so cal: Los Angeles, CA; San Diego, CA
norcal: San Francisco, CA; Sacramento, CA
hollywood: Los Angeles, CA
beverly hills: Los Angeles, CA
san fernando valley: Los Angeles, CA
san gabriel valley: Los Angeles, CA
south bay: Los Angeles, CA; Santa Clara, CA
inland empire: Riverside, CA; San Bernardino, CA
oc: Orange, CA
orange county: Orange, CA; Orange, FL; Orange, NY
coachella valley: Riverside, CA
high desert: San Bernardino, CA
central coast: Santa Barbara, CA; San Luis Obispo, CA
central valley: Fresno, CA
san joaquin valley: Fresno, CA
imperial valley: Imperial, CA
lake tahoe: El Dorado, CA; Washoe, NV
tahoe: El Dorado, CA; Washoe, NV
las vegas strip: Clark, NV
vegas: Clark, NV
sin city: Clark, NV
twin cities: Hennepin, MN; Ramsey, MN
iron range: St. Louis, MN
chicagoland: Cook, IL
windy city: Cook, IL
quad cities: Scott, IA; Rock Island, IL
metro east: St. Clair, IL; Madison, IL
dfw: Dallas, TX; Tarrant, TX
metroplex: Dallas, TX; Tarrant, TX
rio grande valley: Hidalgo, TX; Cameron, TX
rgv: Hidalgo, TX; Cameron, TX
permian basin: Midland, TX
hill country: Kerr, TX
texas panhandle: Potter, TX
east texas: Smith, TX
west texas: El Paso, TX; Midland, TX
south texas: Nueces, TX; Hidalgo, TX
north texas: Dallas, TX
central texas: Travis, TX
gulf coast texas: Galveston, TX
south florida: Miami-Dade, FL; Broward, FL
miami dade: Miami-Dade, FL
dade: Miami-Dade, FL
dade county: Miami-Dade, FL
central florida: Orange, FL
tampa bay: Hillsborough, FL
space coast: Brevard, FL
treasure coast: St. Lucie, FL
gold coast florida: Broward, FL
first coast: Duval, FL
emerald coast: Okaloosa, FL
florida panhandle: Escambia, FL; Leon, FL
florida keys: Monroe, FL
disney world: Orange, FL
atl: Fulton, GA
hotlanta: Fulton, GA
metro atlanta: Fulton, GA
research triangle: Wake, NC; Durham, NC
the triangle nc: Wake, NC; Durham, NC
triad nc: Guilford, NC
outer banks: Dare, NC
lowcountry: Charleston, SC
grand strand: Horry, SC
hampton roads: Norfolk, VA
tidewater: Norfolk, VA
northern virginia: Fairfax, VA; Arlington, VA
nova: Fairfax, VA
shenandoah valley: Rockingham, VA
southwest virginia: Roanoke, VA
dmv: District of Columbia, DC
washington dc: District of Columbia, DC
washington d c: District of Columbia, DC
wash dc: District of Columbia, DC
capitol hill: District of Columbia, DC
eastern shore maryland: Wicomico, MD
philly: Philadelphia, PA
main line: Montgomery, PA; Delaware, PA
lehigh valley: Lehigh, PA
poconos: Monroe, PA
jersey: Essex, NJ
jersey shore: Monmouth, NJ; Ocean, NJ
north jersey: Essex, NJ; Bergen, NJ
south jersey: Camden, NJ
beantown: Suffolk, MA
cape cod: Barnstable, MA
marthas vineyard: Dukes, MA
the berkshires: Berkshire, MA
motor city: Wayne, MI
motown: Wayne, MI
metro detroit: Wayne, MI
upper peninsula: Marquette, MI
up michigan: Marquette, MI
nola: Orleans, LA
big easy: Orleans, LA
acadiana: Lafayette, LA
mississippi delta: Washington, MS
mississippi gulf coast: Harrison, MS
music city: Davidson, TN
smoky mountains: Sevier, TN
bluegrass: Fayette, KY
the ozarks: Greene, MO; Benton, AR
nwa arkansas: Benton, AR
kc: Jackson, MO; Wyandotte, KS
stl: St. Louis City, MO
gateway city: St. Louis City, MO
mile high city: Denver, CO
front range: Denver, CO
denver metro: Denver, CO
slc: Salt Lake, UT
wasatch front: Salt Lake, UT
phx: Maricopa, AZ
valley of the sun: Maricopa, AZ
abq: Bernalillo, NM
emerald city: King, WA
puget sound: King, WA; Pierce, WA
olympic peninsula: Clallam, WA
tri cities washington: Benton, WA
pdx: Multnomah, OR
willamette valley: Lane, OR; Marion, OR
treasure valley: Ada, ID
black hills: Pennington, SD
pine ridge: Oglala Lakota, SD
shannon county: Oglala Lakota, SD; Shannon, MO
big island: Hawaii, HI
maui: Maui, HI
oahu: Honolulu, HI
kauai: Kauai, HI
waikiki: Honolulu, HI
pearl harbor: Honolulu, HI
kenai: Kenai Peninsula, AK
mat su: Matanuska-Susitna, AK
indy: Marion, IN
naptown: Marion, IN
cincy: Hamilton, OH
the cle: Cuyahoga, OH
cbus: Franklin, OH
steel city: Allegheny, PA
pgh: Allegheny, PA
bham: Jefferson, AL
mobile bay: Mobile, AL
charm city: Baltimore city, MD
bmore: Baltimore city, MD
jax: Duval, FL
fort liquordale: Broward, FL
h town: Harris, TX
space city: Harris, TX
okc: Oklahoma, OK
green country: Tulsa, OK
rochester mn: Olmsted, MN
yellowstone: Park, WY; Park, MT
jackson hole: Teton, WY
aspen: Pitkin, CO
vail: Eagle, CO
san juan pr: San Juan, PR
san fran: San Francisco, CA
frisco california: San Francisco, CA
san berdoo: San Bernardino, CA
american samoa: American Samoa, AS
samoa: American Samoa, AS
pago pago: American Samoa, AS
old san juan: San Juan, PR
"""

# What a court of the whole country hears.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "cafc": tuple(
        """patent patents patentappeals patentappeal trademarkappeals federalcircuit fedcir fedcircuit
        courtappealsfederalcircuit uscafc ptab patentcourt intellectualpropertyappeals""".split()
    ),
    "cofc": tuple(
        """vaccine vaccinecourt vaccineinjury vaccineclaims bidprotest bidprotests courtfederalclaims federalclaims
        claimscourt uscfc usfcc tuckeract governmentcontract governmentcontracts fedcl claimsagainstunitedstates""".split()
    ),
    "cit": tuple(
        """customs tariff tariffs trade tradecourt internationaltrade courtinternationaltrade customscourt import
        imports antidumping uscit ctintltrade importduties duties""".split()
    ),
    "jpml": tuple(
        """mdl multidistrict multidistrictlitigation judicialpanel mdlpanel panelmultidistrictlitigation judpanmdl
        jpmdl multidistrictpanel judicialpanelmultidistrictlitigation masstort masstorts jpml""".split()
    ),
}
